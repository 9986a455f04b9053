/** Moons. Columns: name|planet|discoverer|year. */
export const moons = `
the Moon|Earth||
Phobos|Mars|Asaph Hall|1877
Deimos|Mars|Asaph Hall|1877
Io|Jupiter|Galileo Galilei|1610
Europa|Jupiter|Galileo Galilei|1610
Ganymede|Jupiter|Galileo Galilei|1610
Callisto|Jupiter|Galileo Galilei|1610
Amalthea|Jupiter|Edward Emerson Barnard|1892
Himalia|Jupiter|Charles Dillon Perrine|1904
Elara|Jupiter|Charles Dillon Perrine|1905
Pasiphae|Jupiter|Philibert Jacques Melotte|1908
Sinope|Jupiter|Seth Barnes Nicholson|1914
Lysithea|Jupiter|Seth Barnes Nicholson|1938
Carme|Jupiter|Seth Barnes Nicholson|1938
Ananke|Jupiter|Seth Barnes Nicholson|1951
Titan|Saturn|Christiaan Huygens|1655
Iapetus|Saturn|Giovanni Domenico Cassini|1671
Rhea|Saturn|Giovanni Domenico Cassini|1672
Tethys|Saturn|Giovanni Domenico Cassini|1684
Dione|Saturn|Giovanni Domenico Cassini|1684
Mimas|Saturn|William Herschel|1789
Enceladus|Saturn|William Herschel|1789
Hyperion|Saturn|William Cranch Bond|1848
Phoebe|Saturn|William Henry Pickering|1899
Titania|Uranus|William Herschel|1787
Oberon|Uranus|William Herschel|1787
Ariel|Uranus|William Lassell|1851
Umbriel|Uranus|William Lassell|1851
Miranda|Uranus|Gerard Kuiper|1948
Triton|Neptune|William Lassell|1846
Nereid|Neptune|Gerard Kuiper|1949
Charon|Pluto|James Christy|1978
`;
