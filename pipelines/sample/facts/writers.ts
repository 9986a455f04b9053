/** Writers. Columns: name|birth year|death year|nationality as an adjective|form|pronoun. */
export const writers = `
Dante Alighieri|1265|1321|Italian|poetry|he
Geoffrey Chaucer||1400|English|poetry|he
Miguel de Cervantes|1547|1616|Spanish|novels|he
William Shakespeare|1564|1616|English|plays|he
John Milton|1608|1674|English|poetry|he
Moliere|1622|1673|French|plays|he
Daniel Defoe||1731|English|novels|he
Jonathan Swift|1667|1745|Irish|satires|he
Voltaire|1694|1778|French|satires|he
Johann Wolfgang von Goethe|1749|1832|German|plays|he
Friedrich Schiller|1759|1805|German|plays|he
Walter Scott|1771|1832|Scottish|novels|he
Jane Austen|1775|1817|English|novels|she
Stendhal|1783|1842|French|novels|he
Lord Byron|1788|1824|English|poetry|he
Mary Shelley|1797|1851|English|novels|she
Alexander Pushkin|1799|1837|Russian|poetry|he
Honore de Balzac|1799|1850|French|novels|he
Alexandre Dumas|1802|1870|French|novels|he
Victor Hugo|1802|1885|French|novels|he
Nathaniel Hawthorne|1804|1864|American|novels|he
Hans Christian Andersen|1805|1875|Danish|fairy tales|he
Edgar Allan Poe|1809|1849|American|short stories|he
Nikolai Gogol|1809|1852|Russian|short stories|he
Charles Dickens|1812|1870|English|novels|he
Ivan Turgenev|1818|1883|Russian|novels|he
Charlotte Bronte|1816|1855|English|novels|she
Emily Bronte|1818|1848|English|novels|she
Herman Melville|1819|1891|American|novels|he
Walt Whitman|1819|1892|American|poetry|he
George Eliot|1819|1880|English|novels|she
Gustave Flaubert|1821|1880|French|novels|he
Fyodor Dostoevsky|1821|1881|Russian|novels|he
Jules Verne|1828|1905|French|adventure novels|he
Henrik Ibsen|1828|1906|Norwegian|plays|he
Leo Tolstoy|1828|1910|Russian|novels|he
Emily Dickinson|1830|1886|American|poetry|she
Lewis Carroll|1832|1898|English|children's books|he
Louisa May Alcott|1832|1888|American|novels|she
Mark Twain|1835|1910|American|novels|he
Emile Zola|1840|1902|French|novels|he
Thomas Hardy|1840|1928|English|novels|he
Bram Stoker|1847|1912|Irish|horror novels|he
Robert Louis Stevenson|1850|1894|Scottish|adventure novels|he
Oscar Wilde|1854|1900|Irish|plays|he
George Bernard Shaw|1856|1950|Irish|plays|he
Joseph Conrad|1857|1924|Polish|novels|he
Selma Lagerlof|1858|1940|Swedish|novels|she
Knut Hamsun|1859|1952|Norwegian|novels|he
Arthur Conan Doyle|1859|1930|Scottish|detective stories|he
Anton Chekhov|1860|1904|Russian|plays|he
Rabindranath Tagore|1861|1941|Indian|poetry|he
Rudyard Kipling|1865|1936|English|short stories|he
H. G. Wells|1866|1946|English|science fiction|he
Marcel Proust|1871|1922|French|novels|he
Thomas Mann|1875|1955|German|novels|he
Jack London|1876|1916|American|adventure novels|he
Hermann Hesse|1877|1962|German|novels|he
Virginia Woolf|1882|1941|English|novels|she
James Joyce|1882|1941|Irish|novels|he
Franz Kafka|1883|1924|Czech|novels|he
Agatha Christie|1890|1976|English|detective stories|she
Karel Capek|1890|1938|Czech|science fiction|he
J. R. R. Tolkien|1892|1973|English|fantasy|he
Aldous Huxley|1894|1963|English|novels|he
F. Scott Fitzgerald|1896|1940|American|novels|he
William Faulkner|1897|1962|American|novels|he
C. S. Lewis|1898|1963|British|fantasy|he
Ernest Hemingway|1899|1961|American|novels|he
Jorge Luis Borges|1899|1986|Argentine|short stories|he
Antoine de Saint-Exupery|1900|1944|French|children's books|he
John Steinbeck|1902|1968|American|novels|he
George Orwell|1903|1950|English|novels|he
Pablo Neruda|1904|1973|Chilean|poetry|he
Samuel Beckett|1906|1989|Irish|plays|he
Astrid Lindgren|1907|2002|Swedish|children's books|she
Naguib Mahfouz|1911|2006|Egyptian|novels|he
Albert Camus|1913|1960|French|novels|he
Tove Jansson|1914|2001|Finnish|children's books|she
Isaac Asimov|1920|1992|American|science fiction|he
Ray Bradbury|1920|2012|American|science fiction|he
Stanislaw Lem|1921|2006|Polish|science fiction|he
Italo Calvino|1923|1985|Italian|novels|he
Gabriel Garcia Marquez|1927|2014|Colombian|novels|he
Chinua Achebe|1930|2013|Nigerian|novels|he
Toni Morrison|1931|2019|American|novels|she
Umberto Eco|1932|2016|Italian|novels|he
`;
