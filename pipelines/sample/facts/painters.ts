/** Painters. Columns: name|birth year|death year|nationality as an adjective|movement|known for|pronoun. */
export const painters = `
Jan van Eyck||1441|Flemish|Early Netherlandish painting|The Arnolfini Portrait|he
Sandro Botticelli||1510|Italian|the Renaissance|The Birth of Venus|he
Hieronymus Bosch||1516|Dutch|Early Netherlandish painting|The Garden of Earthly Delights|he
Leonardo da Vinci|1452|1519|Italian|the Renaissance|the Mona Lisa|he
Albrecht Durer|1471|1528|German|the Renaissance|the Young Hare|he
Michelangelo|1475|1564|Italian|the Renaissance|the ceiling of the Sistine Chapel|he
Raphael|1483|1520|Italian|the Renaissance|The School of Athens|he
Titian||1576|Italian|the Renaissance|the Venus of Urbino|he
Pieter Bruegel the Elder||1569|Flemish|the Renaissance|The Hunters in the Snow|he
El Greco|1541|1614|Greek|Mannerism|the View of Toledo|he
Caravaggio|1571|1610|Italian|the Baroque|The Calling of Saint Matthew|he
Peter Paul Rubens|1577|1640|Flemish|the Baroque|large altarpieces|he
Frans Hals||1666|Dutch|the Baroque|the Laughing Cavalier|he
Artemisia Gentileschi|1593||Italian|the Baroque|Judith Slaying Holofernes|she
Diego Velazquez|1599|1660|Spanish|the Baroque|Las Meninas|he
Rembrandt|1606|1669|Dutch|the Baroque|The Night Watch|he
Judith Leyster|1609|1660|Dutch|the Baroque|lively portraits|she
Johannes Vermeer|1632|1675|Dutch|the Baroque|Girl with a Pearl Earring|he
Canaletto|1697|1768|Italian|the Rococo|views of Venice|he
Francois Boucher|1703|1770|French|the Rococo|pastoral scenes|he
Thomas Gainsborough|1727|1788|English|the Rococo|The Blue Boy|he
Jean-Honore Fragonard|1732|1806|French|the Rococo|The Swing|he
Angelica Kauffman|1741|1807|Swiss|Neoclassicism|history paintings|she
Francisco Goya|1746|1828|Spanish|Romanticism|The Third of May 1808|he
Jacques-Louis David|1748|1825|French|Neoclassicism|The Death of Marat|he
Caspar David Friedrich|1774|1840|German|Romanticism|Wanderer above the Sea of Fog|he
J. M. W. Turner|1775|1851|English|Romanticism|The Fighting Temeraire|he
John Constable|1776|1837|English|Romanticism|The Hay Wain|he
Theodore Gericault|1791|1824|French|Romanticism|The Raft of the Medusa|he
Eugene Delacroix|1798|1863|French|Romanticism|Liberty Leading the People|he
Jean-Francois Millet|1814|1875|French|Realism|The Gleaners|he
Gustave Courbet|1819|1877|French|Realism|The Stone Breakers|he
Rosa Bonheur|1822|1899|French|Realism|The Horse Fair|she
Camille Pissarro|1830|1903|French|Impressionism|views of boulevards|he
Edouard Manet|1832|1883|French|Realism|Luncheon on the Grass|he
Edgar Degas|1834|1917|French|Impressionism|pictures of dancers|he
James McNeill Whistler|1834|1903|American|Realism|a portrait of his mother|he
Paul Cezanne|1839|1906|French|Post-Impressionism|The Card Players|he
Alfred Sisley|1839|1899|British|Impressionism|river landscapes|he
Claude Monet|1840|1926|French|Impressionism|paintings of water lilies|he
Pierre-Auguste Renoir|1841|1919|French|Impressionism|Luncheon of the Boating Party|he
Berthe Morisot|1841|1895|French|Impressionism|The Cradle|she
Mary Cassatt|1844|1926|American|Impressionism|The Child's Bath|she
Henri Rousseau|1844|1910|French|Post-Impressionism|The Sleeping Gypsy|he
Ilya Repin|1844|1930|Russian|Realism|Barge Haulers on the Volga|he
Paul Gauguin|1848|1903|French|Post-Impressionism|pictures of Tahiti|he
Vincent van Gogh|1853|1890|Dutch|Post-Impressionism|The Starry Night|he
Georges Seurat|1859|1891|French|Post-Impressionism|pictures made of dots|he
Gustav Klimt|1862|1918|Austrian|Symbolism|The Kiss|he
Edvard Munch|1863|1944|Norwegian|Expressionism|The Scream|he
Wassily Kandinsky|1866|1944|Russian|abstract art|the series Compositions|he
Henri Matisse|1869|1954|French|Fauvism|The Dance|he
Piet Mondrian|1872|1944|Dutch|abstract art|grids of red, yellow and blue|he
Kazimir Malevich|1879|1935|Russian|abstract art|Black Square|he
Paul Klee|1879|1940|Swiss|Expressionism|Twittering Machine|he
Franz Marc|1880|1916|German|Expressionism|blue horses|he
Pablo Picasso|1881|1973|Spanish|Cubism|Guernica|he
Georges Braque|1882|1963|French|Cubism|houses at L'Estaque|he
Edward Hopper|1882|1967|American|Realism|Nighthawks|he
Georgia O'Keeffe|1887|1986|American|modernism|pictures of large flowers|she
Marc Chagall|1887|1985|Russian|modernism|I and the Village|he
Egon Schiele|1890|1918|Austrian|Expressionism|self-portraits|he
Joan Miro|1893|1983|Spanish|Surrealism|The Tilled Field|he
Rene Magritte|1898|1967|Belgian|Surrealism|The Son of Man|he
Salvador Dali|1904|1989|Spanish|Surrealism|The Persistence of Memory|he
Frida Kahlo|1907|1954|Mexican|Surrealism|The Two Fridas|she
Jackson Pollock|1912|1956|American|abstract art|drip painting|he
Andy Warhol|1928|1987|American|pop art|Campbell's Soup Cans|he
`;
