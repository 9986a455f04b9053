/** Inventions. Columns: name|inventor|year|country adjective of the inventor|use. */
export const inventions = `
Mercury barometer|Evangelista Torricelli|1643|Italian|measuring air pressure
Pendulum clock|Christiaan Huygens|1656|Dutch|keeping time
Lightning rod|Benjamin Franklin|1752|American|protecting buildings
Hot air balloon|the Montgolfier brothers|1783|French|flying
Cotton gin|Eli Whitney|1793|American|cleaning cotton
Smallpox vaccine|Edward Jenner|1796|English|preventing disease
Voltaic pile|Alessandro Volta|1800|Italian|making electricity
Steam locomotive|Richard Trevithick|1804|English|pulling trains
Stethoscope|Rene Laennec|1816|French|listening to the heart
Braille|Louis Braille|1824|French|reading by touch
Friction match|John Walker|1826|English|lighting fires
Electric telegraph|Samuel Morse|1837|American|sending messages
Vulcanized rubber|Charles Goodyear|1839|American|making tyres
Saxophone patent|Adolphe Sax|1846|Belgian|making music
Safety pin|Walter Hunt|1849|American|fastening cloth
Bunsen burner|Robert Bunsen|1855|German|heating in laboratories
Dynamite|Alfred Nobel|1867|Swedish|blasting rock
Typewriter|Christopher Latham Sholes|1868|American|writing letters
Telephone|Alexander Graham Bell|1876|Scottish|speaking over distance
Phonograph|Thomas Edison|1877|American|recording sound
Motor car|Karl Benz|1885|German|travelling by road
Pneumatic tyre|John Boyd Dunlop|1888|Scottish|riding smoothly
Diesel engine|Rudolf Diesel|1893|German|driving machines
Cinematograph|the Lumiere brothers|1895|French|showing films
X-ray photograph|Wilhelm Rontgen|1895|German|seeing bones
Airship|Ferdinand von Zeppelin|1900|German|flying
Airplane|the Wright brothers|1903|American|flying
Vacuum diode|John Ambrose Fleming|1904|English|detecting radio signals
Bakelite|Leo Baekeland|1907|Belgian|moulding plastic objects
Insulin treatment|Frederick Banting|1921|Canadian|treating diabetes
Television|John Logie Baird|1926|Scottish|showing moving pictures
Liquid-fuel rocket|Robert Goddard|1926|American|flying beyond the air
Electron microscope|Ernst Ruska|1931|German|seeing tiny objects
Nylon|Wallace Carothers|1935|American|making stockings
Turing machine|Alan Turing|1936|English|describing computation
Nuclear reactor|Enrico Fermi|1942|Italian|producing energy
Microwave oven|Percy Spencer|1945|American|heating food
Transistor|John Bardeen|1947|American|amplifying signals
Holography|Dennis Gabor|1947|Hungarian|recording images in depth
Polio vaccine|Jonas Salk|1953|American|preventing disease
Hovercraft|Christopher Cockerell|1955|English|crossing water
Rubik's Cube|Erno Rubik|1974|Hungarian|playing
World Wide Web|Tim Berners-Lee|1989|English|sharing documents
`;
