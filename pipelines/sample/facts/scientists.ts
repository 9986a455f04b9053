/** Scientists and inventors. Columns: name|birth year|death year|nationality as an adjective|field|known for|pronoun. */
export const scientists = `
Nicolaus Copernicus|1473|1543|Polish|astronomy|the heliocentric model|he
Andreas Vesalius|1514|1564|Flemish|anatomy|the structure of the human body|he
Tycho Brahe|1546|1601|Danish|astronomy|precise observations of the planets|he
William Gilbert|1544|1603|English|physics|the study of magnetism|he
Galileo Galilei|1564|1642|Italian|astronomy|observations with the telescope|he
Johannes Kepler|1571|1630|German|astronomy|the laws of planetary motion|he
William Harvey|1578|1657|English|medicine|the circulation of blood|he
Rene Descartes|1596|1650|French|mathematics|analytic geometry|he
Pierre de Fermat|1607|1665|French|mathematics|a famous last theorem|he
Evangelista Torricelli|1608|1647|Italian|physics|the barometer|he
Blaise Pascal|1623|1662|French|mathematics|an early calculating machine|he
Robert Boyle|1627|1691|Irish|chemistry|the law of gas pressure|he
Christiaan Huygens|1629|1695|Dutch|physics|the pendulum clock|he
Antonie van Leeuwenhoek|1632|1723|Dutch|biology|the discovery of microbes|he
Robert Hooke|1635|1703|English|physics|the law of elasticity|he
Isaac Newton|1643|1727|English|physics|the law of gravitation|he
Gottfried Wilhelm Leibniz|1646|1716|German|mathematics|the notation of calculus|he
Edmond Halley|1656|1742|English|astronomy|the orbit of a comet|he
Jacob Bernoulli|1655|1705|Swiss|mathematics|the law of large numbers|he
Daniel Bernoulli|1700|1782|Swiss|mathematics|the flow of fluids|he
Anders Celsius|1701|1744|Swedish|astronomy|a temperature scale|he
Leonhard Euler|1707|1783|Swiss|mathematics|the foundations of graph theory|he
Carl Linnaeus|1707|1778|Swedish|botany|the naming of species|he
Maria Gaetana Agnesi|1718|1799|Italian|mathematics|a textbook of calculus|she
Henry Cavendish|1731|1810|English|chemistry|the discovery of hydrogen|he
Joseph Priestley|1733|1804|English|chemistry|experiments on gases|he
James Watt|1736|1819|Scottish|engineering|an improved steam engine|he
William Herschel|1738|1822|British|astronomy|the discovery of Uranus|he
Carl Wilhelm Scheele|1742|1786|Swedish|chemistry|the discovery of chlorine|he
Antoine Lavoisier|1743|1794|French|chemistry|the role of oxygen in burning|he
Alessandro Volta|1745|1827|Italian|physics|the first electric battery|he
Edward Jenner|1749|1823|English|medicine|the smallpox vaccine|he
Caroline Herschel|1750|1848|German|astronomy|the discovery of several comets|she
Joseph Louis Gay-Lussac|1778|1850|French|chemistry|a law of gases|he
John Dalton|1766|1844|English|chemistry|the atomic theory|he
Georges Cuvier|1769|1832|French|zoology|the study of fossil animals|he
Alexander von Humboldt|1769|1859|German|geography|travels in South America|he
Andre-Marie Ampere|1775|1836|French|physics|the force between electric currents|he
Amedeo Avogadro|1776|1856|Italian|chemistry|a law on gas volumes|he
Carl Friedrich Gauss|1777|1855|German|mathematics|work on number theory|he
Sophie Germain|1776|1831|French|mathematics|the theory of elasticity|she
Humphry Davy|1778|1829|English|chemistry|the miner's safety lamp|he
Mary Somerville|1780|1872|Scottish|astronomy|popular books on science|she
Georg Ohm|1789|1854|German|physics|the law of electrical resistance|he
Michael Faraday|1791|1867|English|physics|electromagnetic induction|he
Charles Babbage|1791|1871|English|mathematics|the design of a mechanical computer|he
Sadi Carnot|1796|1832|French|physics|the theory of heat engines|he
Mary Anning|1799|1847|English|geology|the discovery of fossil reptiles|she
Niels Henrik Abel|1802|1829|Norwegian|mathematics|the quintic equation|he
Charles Darwin|1809|1882|English|biology|the theory of evolution|he
Evariste Galois|1811|1832|French|mathematics|the theory of groups|he
Robert Bunsen|1811|1899|German|chemistry|a gas burner|he
Ada Lovelace|1815|1852|English|mathematics|the first published computer program|she
George Boole|1815|1864|English|mathematics|the algebra of logic|he
James Prescott Joule|1818|1889|English|physics|the study of heat and work|he
Maria Mitchell|1818|1889|American|astronomy|the discovery of a comet|she
Florence Nightingale|1820|1910|English|medicine|the reform of nursing|she
Gregor Mendel|1822|1884|Austrian|biology|the laws of heredity|he
Louis Pasteur|1822|1895|French|biology|a vaccine against rabies|he
Alfred Russel Wallace|1823|1913|British|biology|the study of animal geography|he
Lord Kelvin|1824|1907|British|physics|the absolute temperature scale|he
Bernhard Riemann|1826|1866|German|mathematics|a geometry of curved spaces|he
Joseph Lister|1827|1912|English|medicine|antiseptic surgery|he
James Clerk Maxwell|1831|1879|Scottish|physics|the equations of electromagnetism|he
Alfred Nobel|1833|1896|Swedish|chemistry|the invention of dynamite|he
Dmitri Mendeleev|1834|1907|Russian|chemistry|the periodic table|he
Ernst Haeckel|1834|1919|German|zoology|drawings of sea creatures|he
Robert Koch|1843|1910|German|medicine|the discovery of the tuberculosis germ|he
Ludwig Boltzmann|1844|1906|Austrian|physics|statistical mechanics|he
Wilhelm Rontgen|1845|1923|German|physics|the discovery of X-rays|he
Georg Cantor|1845|1918|German|mathematics|set theory|he
Thomas Edison|1847|1931|American|engineering|the phonograph|he
Alexander Graham Bell|1847|1922|Scottish|engineering|the telephone|he
Ivan Pavlov|1849|1936|Russian|medicine|experiments on reflexes in dogs|he
Sofia Kovalevskaya|1850|1891|Russian|mathematics|work on differential equations|she
Henri Becquerel|1852|1908|French|physics|the discovery of radioactivity|he
Henri Moissan|1852|1907|French|chemistry|the isolation of fluorine|he
William Ramsay|1852|1916|Scottish|chemistry|the discovery of noble gases|he
Henri Poincare|1854|1912|French|mathematics|the foundations of topology|he
Nikola Tesla|1856|1943|Serbian|engineering|alternating current motors|he
J. J. Thomson|1856|1940|English|physics|the discovery of the electron|he
Heinrich Hertz|1857|1894|German|physics|the detection of radio waves|he
Rudolf Diesel|1858|1913|German|engineering|an engine for heavy oil|he
Max Planck|1858|1947|German|physics|the quantum of energy|he
Svante Arrhenius|1859|1927|Swedish|chemistry|the theory of ions|he
David Hilbert|1862|1943|German|mathematics|a list of problems|he
Marie Curie|1867|1934|Polish|physics|the discovery of radium|she
Fritz Haber|1868|1934|German|chemistry|the synthesis of ammonia|he
Ernest Rutherford|1871|1937||physics|the discovery of the atomic nucleus|he
Guglielmo Marconi|1874|1937|Italian|engineering|wireless telegraphy|he
Carl Jung|1875|1961|Swiss|psychology|the idea of archetypes|he
Lise Meitner|1878|1968|Austrian|physics|the explanation of nuclear fission|she
Albert Einstein|1879|1955|German|physics|the theory of relativity|he
Alfred Wegener|1880|1930|German|geology|the theory of continental drift|he
Alexander Fleming|1881|1955|Scottish|medicine|the discovery of penicillin|he
Emmy Noether|1882|1935|German|mathematics|a theorem on symmetry|she
Max Born|1882|1970|German|physics|the meaning of the wave function|he
Niels Bohr|1885|1962|Danish|physics|a model of the atom|he
Erwin Schrodinger|1887|1961|Austrian|physics|the wave equation|he
Srinivasa Ramanujan|1887|1920|Indian|mathematics|formulas for infinite series|he
C. V. Raman|1888|1970|Indian|physics|the scattering of light|he
Edwin Hubble|1889|1953|American|astronomy|the expansion of the universe|he
Frederick Banting|1891|1941|Canadian|medicine|the discovery of insulin|he
Louis de Broglie|1892|1987|French|physics|the wave nature of matter|he
Satyendra Nath Bose|1894|1974|Indian|physics|the statistics of photons|he
Irene Joliot-Curie|1897|1956|French|chemistry|artificial radioactivity|she
Cecilia Payne-Gaposchkin|1900|1979|British|astronomy|the composition of stars|she
Wolfgang Pauli|1900|1958|Austrian|physics|the exclusion principle|he
Linus Pauling|1901|1994|American|chemistry|the nature of the chemical bond|he
Werner Heisenberg|1901|1976|German|physics|the uncertainty principle|he
Enrico Fermi|1901|1954|Italian|physics|the first nuclear reactor|he
Paul Dirac|1902|1984|English|physics|the prediction of antimatter|he
Barbara McClintock|1902|1992|American|biology|jumping genes|she
John von Neumann|1903|1957|Hungarian|mathematics|the design of stored-program computers|he
George Gamow|1904|1968|Russian|physics|the theory of the hot big bang|he
Robert Oppenheimer|1904|1967|American|physics|the first atomic bomb|he
Kurt Godel|1906|1978|Austrian|mathematics|the incompleteness theorems|he
Grace Hopper|1906|1992|American|computing|an early compiler|she
Maria Goeppert Mayer|1906|1972|German|physics|the shell model of the nucleus|she
Rachel Carson|1907|1964|American|biology|the book Silent Spring|she
Hideki Yukawa|1907|1981|Japanese|physics|the theory of mesons|he
Dorothy Hodgkin|1910|1994|British|chemistry|the structure of penicillin|she
Alan Turing|1912|1954|English|computing|an abstract computing machine|he
Paul Erdos|1913|1996|Hungarian|mathematics|work on number theory|he
Jonas Salk|1914|1995|American|medicine|the polio vaccine|he
Francis Crick|1916|2004|English|biology|the double helix|he
Claude Shannon|1916|2001|American|computing|information theory|he
Richard Feynman|1918|1988|American|physics|diagrams of particle reactions|he
Katherine Johnson|1918|2020|American|mathematics|the calculation of space flights|she
Frederick Sanger|1918|2013|English|chemistry|the structure of insulin|he
Rosalind Franklin|1920|1958|English|chemistry|X-ray images of DNA|she
Abdus Salam|1926|1996|Pakistani|physics|the electroweak theory|he
Edsger Dijkstra|1930|2002|Dutch|computing|a shortest path algorithm|he
Carl Sagan|1934|1996|American|astronomy|the series Cosmos|he
Stephen Hawking|1942|2018|English|physics|the radiation of black holes|he
Maryam Mirzakhani|1977|2017|Iranian|mathematics|the geometry of surfaces|she
`;
