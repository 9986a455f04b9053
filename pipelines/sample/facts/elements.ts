/** The chemical elements in the order of their atomic numbers. Columns: name|symbol|family|state|discoverer|year. */
export const elements = `
Hydrogen|H|nonmetal|gas|Henry Cavendish|1766
Helium|He|noble gas|gas|Norman Lockyer|1868
Lithium|Li|alkali metal|solid|Johan August Arfwedson|1817
Beryllium|Be|alkaline earth metal|solid|Louis-Nicolas Vauquelin|1798
Boron|B|metalloid|solid|Humphry Davy|1808
Carbon|C|nonmetal|solid||
Nitrogen|N|nonmetal|gas|Daniel Rutherford|1772
Oxygen|O|nonmetal|gas|Carl Wilhelm Scheele|1771
Fluorine|F|halogen|gas|Henri Moissan|1886
Neon|Ne|noble gas|gas|William Ramsay|1898
Sodium|Na|alkali metal|solid|Humphry Davy|1807
Magnesium|Mg|alkaline earth metal|solid|Joseph Black|1755
Aluminium|Al|post-transition metal|solid|Hans Christian Orsted|1825
Silicon|Si|metalloid|solid|Jons Jacob Berzelius|1824
Phosphorus|P|nonmetal|solid|Hennig Brand|1669
Sulfur|S|nonmetal|solid||
Chlorine|Cl|halogen|gas|Carl Wilhelm Scheele|1774
Argon|Ar|noble gas|gas|Lord Rayleigh|1894
Potassium|K|alkali metal|solid|Humphry Davy|1807
Calcium|Ca|alkaline earth metal|solid|Humphry Davy|1808
Scandium|Sc|transition metal|solid|Lars Fredrik Nilson|1879
Titanium|Ti|transition metal|solid|William Gregor|1791
Vanadium|V|transition metal|solid|Andres Manuel del Rio|1801
Chromium|Cr|transition metal|solid|Louis-Nicolas Vauquelin|1797
Manganese|Mn|transition metal|solid|Johan Gottlieb Gahn|1774
Iron|Fe|transition metal|solid||
Cobalt|Co|transition metal|solid|Georg Brandt|1735
Nickel|Ni|transition metal|solid|Axel Fredrik Cronstedt|1751
Copper|Cu|transition metal|solid||
Zinc|Zn|transition metal|solid||
Gallium|Ga|post-transition metal|solid|Paul-Emile Lecoq de Boisbaudran|1875
Germanium|Ge|metalloid|solid|Clemens Winkler|1886
Arsenic|As|metalloid|solid||
Selenium|Se|nonmetal|solid|Jons Jacob Berzelius|1817
Bromine|Br|halogen|liquid|Antoine Jerome Balard|1826
Krypton|Kr|noble gas|gas|William Ramsay|1898
Rubidium|Rb|alkali metal|solid|Robert Bunsen|1861
Strontium|Sr|alkaline earth metal|solid|Adair Crawford|1790
Yttrium|Y|transition metal|solid|Johan Gadolin|1794
Zirconium|Zr|transition metal|solid|Martin Heinrich Klaproth|1789
Niobium|Nb|transition metal|solid|Charles Hatchett|1801
Molybdenum|Mo|transition metal|solid|Carl Wilhelm Scheele|1778
Technetium|Tc|transition metal|solid|Emilio Segre|1937
Ruthenium|Ru|transition metal|solid|Karl Ernst Claus|1844
Rhodium|Rh|transition metal|solid|William Hyde Wollaston|1804
Palladium|Pd|transition metal|solid|William Hyde Wollaston|1802
Silver|Ag|transition metal|solid||
Cadmium|Cd|transition metal|solid|Friedrich Stromeyer|1817
Indium|In|post-transition metal|solid|Ferdinand Reich|1863
Tin|Sn|post-transition metal|solid||
Antimony|Sb|metalloid|solid||
Tellurium|Te|metalloid|solid|Franz-Joseph Muller von Reichenstein|1782
Iodine|I|halogen|solid|Bernard Courtois|1811
Xenon|Xe|noble gas|gas|William Ramsay|1898
Caesium|Cs|alkali metal|solid|Robert Bunsen|1860
Barium|Ba|alkaline earth metal|solid|Carl Wilhelm Scheele|1772
Lanthanum|La|lanthanide|solid|Carl Gustaf Mosander|1838
Cerium|Ce|lanthanide|solid|Jons Jacob Berzelius|1803
Praseodymium|Pr|lanthanide|solid|Carl Auer von Welsbach|1885
Neodymium|Nd|lanthanide|solid|Carl Auer von Welsbach|1885
Promethium|Pm|lanthanide|solid|Jacob Marinsky|1945
Samarium|Sm|lanthanide|solid|Paul-Emile Lecoq de Boisbaudran|1879
Europium|Eu|lanthanide|solid|Eugene-Anatole Demarcay|1901
Gadolinium|Gd|lanthanide|solid|Jean Charles Galissard de Marignac|1880
Terbium|Tb|lanthanide|solid|Carl Gustaf Mosander|1843
Dysprosium|Dy|lanthanide|solid|Paul-Emile Lecoq de Boisbaudran|1886
Holmium|Ho|lanthanide|solid|Jacques-Louis Soret|1878
Erbium|Er|lanthanide|solid|Carl Gustaf Mosander|1843
Thulium|Tm|lanthanide|solid|Per Teodor Cleve|1879
Ytterbium|Yb|lanthanide|solid|Jean Charles Galissard de Marignac|1878
Lutetium|Lu|lanthanide|solid|Georges Urbain|1907
Hafnium|Hf|transition metal|solid|Dirk Coster|1923
Tantalum|Ta|transition metal|solid|Anders Gustaf Ekeberg|1802
Tungsten|W|transition metal|solid|Carl Wilhelm Scheele|1781
Rhenium|Re|transition metal|solid|Walter Noddack|1925
Osmium|Os|transition metal|solid|Smithson Tennant|1803
Iridium|Ir|transition metal|solid|Smithson Tennant|1803
Platinum|Pt|transition metal|solid||
Gold|Au|transition metal|solid||
Mercury|Hg|transition metal|liquid||
Thallium|Tl|post-transition metal|solid|William Crookes|1861
Lead|Pb|post-transition metal|solid||
Bismuth|Bi|post-transition metal|solid||
Polonium|Po||solid|Marie Curie|1898
Astatine|At|halogen|solid|Dale Corson|1940
Radon|Rn|noble gas|gas|Ernest Rutherford|1899
Francium|Fr|alkali metal|solid|Marguerite Perey|1939
Radium|Ra|alkaline earth metal|solid|Marie Curie|1898
Actinium|Ac|actinide|solid|Andre-Louis Debierne|1899
Thorium|Th|actinide|solid|Jons Jacob Berzelius|1829
Protactinium|Pa|actinide|solid|Kasimir Fajans|1913
Uranium|U|actinide|solid|Martin Heinrich Klaproth|1789
Neptunium|Np|actinide|solid|Edwin McMillan|1940
Plutonium|Pu|actinide|solid|Glenn Seaborg|1940
Americium|Am|actinide|solid|Glenn Seaborg|1944
Curium|Cm|actinide|solid|Glenn Seaborg|1944
Berkelium|Bk|actinide|solid|Stanley Thompson|1949
Californium|Cf|actinide|solid|Stanley Thompson|1950
Einsteinium|Es|actinide|solid|Albert Ghiorso|1952
Fermium|Fm|actinide|solid|Albert Ghiorso|1952
Mendelevium|Md|actinide|solid|Albert Ghiorso|1955
Nobelium|No|actinide|solid||
Lawrencium|Lr|actinide|solid|Albert Ghiorso|1961
Rutherfordium|Rf|transition metal|||
Dubnium|Db|transition metal|||
Seaborgium|Sg|transition metal||Albert Ghiorso|1974
Bohrium|Bh|transition metal||a team in Darmstadt|1981
Hassium|Hs|transition metal||a team in Darmstadt|1984
Meitnerium|Mt|||a team in Darmstadt|1982
Darmstadtium|Ds|||a team in Darmstadt|1994
Roentgenium|Rg|||a team in Darmstadt|1994
Copernicium|Cn|||a team in Darmstadt|1996
Nihonium|Nh|||a team in Japan|2004
Flerovium|Fl|||a team in Dubna|1999
Moscovium|Mc|||a team in Dubna|2003
Livermorium|Lv|||a team in Dubna|2000
Tennessine|Ts|||a team in Dubna|2010
Oganesson|Og|||a team in Dubna|2002
`;
