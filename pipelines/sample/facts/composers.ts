/** Composers. Columns: name|birth year|death year|nationality as an adjective|period|known for|pronoun. */
export const composers = `
Claudio Monteverdi|1567|1643|Italian|Baroque|early operas|he
Jean-Baptiste Lully|1632|1687|French|Baroque|ballets and operas|he
Arcangelo Corelli|1653|1713|Italian|Baroque|violin sonatas|he
Henry Purcell|1659|1695|English|Baroque|the opera Dido and Aeneas|he
Antonio Vivaldi|1678|1741|Italian|Baroque|The Four Seasons|he
Georg Philipp Telemann|1681|1767|German|Baroque|chamber music|he
Jean-Philippe Rameau|1683|1764|French|Baroque|a treatise on harmony|he
Johann Sebastian Bach|1685|1750|German|Baroque|the Brandenburg Concertos|he
George Frideric Handel|1685|1759|German|Baroque|the oratorio Messiah|he
Domenico Scarlatti|1685|1757|Italian|Baroque|harpsichord sonatas|he
Christoph Willibald Gluck|1714|1787|German|Classical|the reform of opera|he
Joseph Haydn|1732|1809|Austrian|Classical|string quartets|he
Luigi Boccherini|1743|1805|Italian|Classical|a famous minuet|he
Wolfgang Amadeus Mozart|1756|1791|Austrian|Classical|the opera The Magic Flute|he
Ludwig van Beethoven|1770|1827|German|Classical|nine symphonies|he
Niccolo Paganini|1782|1840|Italian|Romantic|caprices for violin|he
Carl Maria von Weber|1786|1826|German|Romantic|the opera Der Freischutz|he
Gioachino Rossini|1792|1868|Italian|Romantic|The Barber of Seville|he
Franz Schubert|1797|1828|Austrian|Romantic|hundreds of songs|he
Gaetano Donizetti|1797|1848|Italian|Romantic|comic operas|he
Hector Berlioz|1803|1869|French|Romantic|the Symphonie fantastique|he
Mikhail Glinka|1804|1857|Russian|Romantic|the first Russian operas|he
Fanny Mendelssohn|1805|1847|German|Romantic|songs and piano pieces|she
Felix Mendelssohn|1809|1847|German|Romantic|a famous wedding march|he
Frederic Chopin|1810|1849|Polish|Romantic|nocturnes for piano|he
Robert Schumann|1810|1856|German|Romantic|song cycles|he
Franz Liszt|1811|1886|Hungarian|Romantic|rhapsodies for piano|he
Richard Wagner|1813|1883|German|Romantic|a cycle of four operas|he
Giuseppe Verdi|1813|1901|Italian|Romantic|the opera Aida|he
Clara Schumann|1819|1896|German|Romantic|piano concerts|she
Jacques Offenbach|1819|1880|French|Romantic|operettas|he
Bedrich Smetana|1824|1884|Czech|Romantic|the cycle My Homeland|he
Anton Bruckner|1824|1896|Austrian|Romantic|large symphonies|he
Johann Strauss II|1825|1899|Austrian|Romantic|The Blue Danube|he
Johannes Brahms|1833|1897|German|Romantic|Hungarian dances|he
Camille Saint-Saens|1835|1921|French|Romantic|The Carnival of the Animals|he
Georges Bizet|1838|1875|French|Romantic|the opera Carmen|he
Modest Mussorgsky|1839|1881|Russian|Romantic|Pictures at an Exhibition|he
Pyotr Ilyich Tchaikovsky|1840|1893|Russian|Romantic|the ballet Swan Lake|he
Antonin Dvorak|1841|1904|Czech|Romantic|the New World Symphony|he
Edvard Grieg|1843|1907|Norwegian|Romantic|the Peer Gynt suites|he
Nikolai Rimsky-Korsakov|1844|1908|Russian|Romantic|the suite Scheherazade|he
Edward Elgar|1857|1934|English|Romantic|the Enigma Variations|he
Giacomo Puccini|1858|1924|Italian|Romantic|the opera Tosca|he
Gustav Mahler|1860|1911|Austrian|Romantic|long symphonies with voices|he
Claude Debussy|1862|1918|French|modern|the piano piece Clair de lune|he
Richard Strauss|1864|1949|German|modern|tone poems|he
Jean Sibelius|1865|1957|Finnish|Romantic|the tone poem Finlandia|he
Carl Nielsen|1865|1931|Danish|modern|six symphonies|he
Erik Satie|1866|1925|French|modern|the Gymnopedies|he
Ralph Vaughan Williams|1872|1958|English|modern|The Lark Ascending|he
Sergei Rachmaninoff|1873|1943|Russian|Romantic|piano concertos|he
Gustav Holst|1874|1934|English|modern|the suite The Planets|he
Arnold Schoenberg|1874|1951|Austrian|modern|the twelve-tone method|he
Maurice Ravel|1875|1937|French|modern|the Bolero|he
Bela Bartok|1881|1945|Hungarian|modern|the study of folk songs|he
Zoltan Kodaly|1882|1967|Hungarian|modern|a method of teaching music|he
Igor Stravinsky|1882|1971|Russian|modern|the ballet The Firebird|he
Sergei Prokofiev|1891|1953|Russian|modern|Peter and the Wolf|he
Lili Boulanger|1893|1918|French|modern|settings of psalms|she
George Gershwin|1898|1937|American|modern|Rhapsody in Blue|he
Aaron Copland|1900|1990|American|modern|the ballet Appalachian Spring|he
Joaquin Rodrigo|1901|1999|Spanish|modern|a concerto for guitar|he
Aram Khachaturian|1903|1978|Armenian|modern|the Sabre Dance|he
Dmitri Shostakovich|1906|1975|Russian|modern|the Leningrad Symphony|he
Benjamin Britten|1913|1976|English|modern|the opera Peter Grimes|he
`;
