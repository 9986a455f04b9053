/** Books and plays with the year of first publication. Columns: title|author|year|genre|language. */
export const books = `
Don Quixote|Miguel de Cervantes|1605|novel|Spanish
Paradise Lost|John Milton|1667|poem|English
Robinson Crusoe|Daniel Defoe|1719|novel|English
Gulliver's Travels|Jonathan Swift|1726|satire|English
Candide|Voltaire|1759|satire|French
The Sorrows of Young Werther|Johann Wolfgang von Goethe|1774|novel|German
William Tell|Friedrich Schiller|1804|play|German
Ivanhoe|Walter Scott|1819|novel|English
Sense and Sensibility|Jane Austen|1811|novel|English
Pride and Prejudice|Jane Austen|1813|novel|English
Mansfield Park|Jane Austen|1814|novel|English
Emma|Jane Austen|1815|novel|English
Frankenstein|Mary Shelley|1818|horror novel|English
The Red and the Black|Stendhal|1830|novel|French
Eugene Onegin|Alexander Pushkin|1833|poem|Russian
Father Goriot|Honore de Balzac|1835|novel|French
The Three Musketeers|Alexandre Dumas|1844|adventure novel|French
The Hunchback of Notre-Dame|Victor Hugo|1831|novel|French
Les Miserables|Victor Hugo|1862|novel|French
The Scarlet Letter|Nathaniel Hawthorne|1850|novel|English
The Raven|Edgar Allan Poe|1845|poem|English
Dead Souls|Nikolai Gogol|1842|novel|Russian
Oliver Twist|Charles Dickens|1838|novel|English
A Christmas Carol|Charles Dickens|1843|novel|English
David Copperfield|Charles Dickens|1850|novel|English
Great Expectations|Charles Dickens|1861|novel|English
Fathers and Sons|Ivan Turgenev|1862|novel|Russian
Jane Eyre|Charlotte Bronte|1847|novel|English
Wuthering Heights|Emily Bronte|1847|novel|English
Moby-Dick|Herman Melville|1851|adventure novel|English
Leaves of Grass|Walt Whitman|1855|poetry collection|English
Silas Marner|George Eliot|1861|novel|English
Madame Bovary|Gustave Flaubert|1856|novel|French
Crime and Punishment|Fyodor Dostoevsky|1866|novel|Russian
The Idiot|Fyodor Dostoevsky|1869|novel|Russian
The Brothers Karamazov|Fyodor Dostoevsky|1880|novel|Russian
Journey to the Center of the Earth|Jules Verne|1864|adventure novel|French
Around the World in Eighty Days|Jules Verne|1872|adventure novel|French
A Doll's House|Henrik Ibsen|1879|play|Norwegian
War and Peace|Leo Tolstoy|1869|novel|Russian
Anna Karenina|Leo Tolstoy|1878|novel|Russian
Alice's Adventures in Wonderland|Lewis Carroll|1865|children's book|English
Little Women|Louisa May Alcott|1868|novel|English
The Adventures of Tom Sawyer|Mark Twain|1876|adventure novel|English
The Prince and the Pauper|Mark Twain|1881|novel|English
Germinal|Emile Zola|1885|novel|French
Dracula|Bram Stoker|1897|horror novel|English
Treasure Island|Robert Louis Stevenson|1883|adventure novel|English
Kidnapped|Robert Louis Stevenson|1886|adventure novel|English
The Picture of Dorian Gray|Oscar Wilde|1890|novel|English
The Importance of Being Earnest|Oscar Wilde|1895|play|English
Pygmalion|George Bernard Shaw|1913|play|English
Heart of Darkness|Joseph Conrad|1899|novel|English
Lord Jim|Joseph Conrad|1900|novel|English
The Wonderful Adventures of Nils|Selma Lagerlof|1906|children's book|Swedish
Hunger|Knut Hamsun|1890|novel|Norwegian
A Study in Scarlet|Arthur Conan Doyle|1887|detective novel|English
The Hound of the Baskervilles|Arthur Conan Doyle|1902|detective novel|English
The Cherry Orchard|Anton Chekhov|1904|play|Russian
The Jungle Book|Rudyard Kipling|1894|children's book|English
Kim|Rudyard Kipling|1901|novel|English
The Time Machine|H. G. Wells|1895|science fiction novel|English
The Invisible Man|H. G. Wells|1897|science fiction novel|English
The War of the Worlds|H. G. Wells|1898|science fiction novel|English
Swann's Way|Marcel Proust|1913|novel|French
Buddenbrooks|Thomas Mann|1901|novel|German
The Magic Mountain|Thomas Mann|1924|novel|German
The Call of the Wild|Jack London|1903|adventure novel|English
White Fang|Jack London|1906|adventure novel|English
Siddhartha|Hermann Hesse|1922|novel|German
Steppenwolf|Hermann Hesse|1927|novel|German
Mrs Dalloway|Virginia Woolf|1925|novel|English
To the Lighthouse|Virginia Woolf|1927|novel|English
Dubliners|James Joyce|1914|story collection|English
Ulysses|James Joyce|1922|novel|English
The Metamorphosis|Franz Kafka|1915|story|German
The Trial|Franz Kafka|1925|novel|German
The Castle|Franz Kafka|1926|novel|German
Murder on the Orient Express|Agatha Christie|1934|detective novel|English
Death on the Nile|Agatha Christie|1937|detective novel|English
War with the Newts|Karel Capek|1936|science fiction novel|Czech
The Hobbit|J. R. R. Tolkien|1937|fantasy novel|English
The Two Towers|J. R. R. Tolkien|1954|fantasy novel|English
Brave New World|Aldous Huxley|1932|science fiction novel|English
The Great Gatsby|F. Scott Fitzgerald|1925|novel|English
As I Lay Dying|William Faulkner|1930|novel|English
Prince Caspian|C. S. Lewis|1951|fantasy novel|English
A Farewell to Arms|Ernest Hemingway|1929|novel|English
The Old Man and the Sea|Ernest Hemingway|1952|novel|English
Ficciones|Jorge Luis Borges|1944|story collection|Spanish
The Little Prince|Antoine de Saint-Exupery|1943|children's book|French
Of Mice and Men|John Steinbeck|1937|novel|English
The Grapes of Wrath|John Steinbeck|1939|novel|English
Animal Farm|George Orwell|1945|satire|English
Nineteen Eighty-Four|George Orwell|1949|science fiction novel|English
Pippi Longstocking|Astrid Lindgren|1945|children's book|Swedish
The Stranger|Albert Camus|1942|novel|French
The Plague|Albert Camus|1947|novel|French
Finn Family Moomintroll|Tove Jansson|1948|children's book|Swedish
I, Robot|Isaac Asimov|1950|story collection|English
Fahrenheit 451|Ray Bradbury|1953|science fiction novel|English
Solaris|Stanislaw Lem|1961|science fiction novel|Polish
Invisible Cities|Italo Calvino|1972|novel|Italian
One Hundred Years of Solitude|Gabriel Garcia Marquez|1967|novel|Spanish
Things Fall Apart|Chinua Achebe|1958|novel|English
Beloved|Toni Morrison|1987|novel|English
The Name of the Rose|Umberto Eco|1980|novel|Italian
`;
