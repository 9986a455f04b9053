/** Cheeses. Columns: name|country|milk|texture. */
export const cheeses = `
Brie|France|cow's milk|soft
Camembert|France|cow's milk|soft
Roquefort|France|sheep's milk|blue
Comte|France|cow's milk|hard
Munster cheese|France|cow's milk|soft
Gouda|the Netherlands|cow's milk|semi-hard
Edam|the Netherlands|cow's milk|semi-hard
Emmental|Switzerland|cow's milk|hard
Gruyere|Switzerland|cow's milk|hard
Appenzeller|Switzerland|cow's milk|hard
Parmesan|Italy|cow's milk|hard
Gorgonzola|Italy|cow's milk|blue
Pecorino Romano|Italy|sheep's milk|hard
Taleggio|Italy|cow's milk|soft
Cheddar|the United Kingdom|cow's milk|hard
Stilton|the United Kingdom|cow's milk|blue
Wensleydale|the United Kingdom|cow's milk|semi-hard
Manchego|Spain|sheep's milk|hard
Cabrales|Spain||blue
Mahon cheese|Spain|cow's milk|semi-hard
Feta|Greece|sheep's milk|
Halloumi|Cyprus||
Limburger|Belgium|cow's milk|soft
Tilsit cheese|Germany|cow's milk|semi-hard
Havarti|Denmark|cow's milk|semi-hard
Danablu|Denmark|cow's milk|blue
Jarlsberg|Norway|cow's milk|semi-hard
Oscypek|Poland|sheep's milk|hard
Monterey Jack|the United States|cow's milk|semi-hard
Colby cheese|the United States|cow's milk|semi-hard
`;
