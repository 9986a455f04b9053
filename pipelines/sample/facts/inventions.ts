/** Inventions. Columns: name|inventor|year|country adjective of the inventor|use. */
export const inventions = `
the Mercury barometer|Evangelista Torricelli|1643|Italian|measuring air pressure
the Pendulum clock|Christiaan Huygens|1656|Dutch|keeping time
the Lightning rod|Benjamin Franklin|1752|American|protecting buildings
the Hot air balloon|the Montgolfier brothers|1783|French|flying
the Cotton gin|Eli Whitney|1793|American|cleaning cotton
the Smallpox vaccine|Edward Jenner|1796|English|preventing disease
the Voltaic pile|Alessandro Volta|1800|Italian|making electricity
the Steam locomotive|Richard Trevithick|1804|English|pulling trains
the Stethoscope|Rene Laennec|1816|French|listening to the heart
Braille|Louis Braille|1824|French|reading by touch
the Friction match|John Walker|1826|English|lighting fires
the Electric telegraph|Samuel Morse|1837|American|sending messages
Vulcanized rubber|Charles Goodyear|1839|American|making tyres
the Safety pin|Walter Hunt|1849|American|fastening cloth
the Bunsen burner|Robert Bunsen|1855|German|heating in laboratories
Dynamite|Alfred Nobel|1867|Swedish|blasting rock
the Typewriter|Christopher Latham Sholes|1868|American|writing letters
the Telephone|Alexander Graham Bell|1876|Scottish|speaking over distance
the Phonograph|Thomas Edison|1877|American|recording sound
the Motor car|Karl Benz|1885|German|travelling by road
the Pneumatic tyre|John Boyd Dunlop|1888|Scottish|riding smoothly
the Diesel engine|Rudolf Diesel|1893|German|driving machines
the Cinematograph|the Lumiere brothers|1895|French|showing films
the X-ray photograph|Wilhelm Rontgen|1895|German|seeing bones
the Airship|Ferdinand von Zeppelin|1900|German|flying
the Airplane|the Wright brothers|1903|American|flying
the Vacuum diode|John Ambrose Fleming|1904|English|detecting radio signals
Bakelite|Leo Baekeland|1907|Belgian|moulding plastic objects
Insulin treatment|Frederick Banting|1921|Canadian|treating diabetes
Television|John Logie Baird|1926|Scottish|showing moving pictures
the Liquid-fuel rocket|Robert Goddard|1926|American|flying beyond the air
the Electron microscope|Ernst Ruska|1931|German|seeing tiny objects
Nylon|Wallace Carothers|1935|American|making stockings
the Turing machine|Alan Turing|1936|English|describing computation
the Nuclear reactor|Enrico Fermi|1942|Italian|producing energy
the Microwave oven|Percy Spencer|1945|American|heating food
the Transistor|John Bardeen|1947|American|amplifying signals
Holography|Dennis Gabor|1947|Hungarian|recording images in depth
the Polio vaccine|Jonas Salk|1953|American|preventing disease
the Hovercraft|Christopher Cockerell|1955|English|crossing water
the Rubik's Cube|Erno Rubik|1974|Hungarian|playing
the World Wide Web|Tim Berners-Lee|1989|English|sharing documents
`;
