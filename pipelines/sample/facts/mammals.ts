/** Mammals. Columns: name|order in plain words|family|home|diet. */
export const mammals = `
Lion|carnivores|cats|Africa|meat
Tiger|carnivores|cats|Asia|meat
Leopard|carnivores|cats||meat
Snow leopard|carnivores|cats|Asia|meat
Jaguar|carnivores|cats|South America|meat
Cheetah|carnivores|cats|Africa|meat
Ocelot|carnivores|cats|South America|meat
Serval|carnivores|cats|Africa|meat
Caracal|carnivores|cats||meat
Grey wolf|carnivores|dogs||meat
Coyote|carnivores|dogs|North America|meat
Dingo|carnivores|dogs|Australia|meat
Fennec fox|carnivores|dogs|Africa|
Arctic fox|carnivores|dogs||meat
Brown bear|carnivores|bears||plants and meat
Polar bear|carnivores|bears||meat
Giant panda|carnivores|bears|Asia|bamboo
Sloth bear|carnivores|bears|Asia|insects
Spectacled bear|carnivores|bears|South America|plants
European badger|carnivores|weasels|Europe|
Wolverine|carnivores|weasels||meat
Sea otter|carnivores|weasels||shellfish
Stoat|carnivores|weasels||meat
Honey badger|carnivores|weasels||
Spotted hyena|carnivores|hyenas|Africa|meat
Striped hyena|carnivores|hyenas||meat
Meerkat|carnivores|mongooses|Africa|insects
Raccoon|carnivores|raccoons|North America|plants and meat
White-nosed coati|carnivores|raccoons||plants and meat
Walrus|carnivores|walruses||shellfish
Leopard seal|carnivores|true seals|Antarctica|meat
Weddell seal|carnivores|true seals|Antarctica|fish
Harbour seal|carnivores|true seals||fish
African bush elephant|proboscideans|elephants|Africa|plants
Asian elephant|proboscideans|elephants|Asia|plants
Plains zebra|odd-toed ungulates|horses|Africa|grass
Przewalski's horse|odd-toed ungulates|horses|Asia|grass
Black rhinoceros|odd-toed ungulates|rhinoceroses|Africa|leaves
White rhinoceros|odd-toed ungulates|rhinoceroses|Africa|grass
Malayan tapir|odd-toed ungulates|tapirs|Asia|plants
Brazilian tapir|odd-toed ungulates|tapirs|South America|plants
Giraffe|even-toed ungulates|giraffes|Africa|leaves
Okapi|even-toed ungulates|giraffes|Africa|leaves
Hippopotamus|even-toed ungulates|hippopotamuses|Africa|grass
Warthog|even-toed ungulates|pigs|Africa|plants
Wild boar|even-toed ungulates|pigs||plants and meat
Red deer|even-toed ungulates|deer||plants
Reindeer|even-toed ungulates|deer||lichens
Moose|even-toed ungulates|deer||leaves
Roe deer|even-toed ungulates|deer||plants
American bison|even-toed ungulates|cattle|North America|grass
African buffalo|even-toed ungulates|cattle|Africa|grass
Blue wildebeest|even-toed ungulates|cattle|Africa|grass
Impala|even-toed ungulates|cattle|Africa|grass
Alpine ibex|even-toed ungulates|cattle|Europe|grass
Yak|even-toed ungulates|cattle|Asia|grass
Bactrian camel|even-toed ungulates|camels|Asia|plants
Vicuna|even-toed ungulates|camels|South America|grass
Guanaco|even-toed ungulates|camels|South America|plants
Blue whale|whales|rorquals||krill
Humpback whale|whales|rorquals||
Killer whale|whales|oceanic dolphins||
Bottlenose dolphin|whales|oceanic dolphins||fish
Beluga|whales|white whales||fish
Narwhal|whales|white whales||fish
Chimpanzee|primates|great apes|Africa|
Bornean orangutan|primates|great apes|Asia|fruit
Western gorilla|primates|great apes|Africa|plants
Mandrill|primates|Old World monkeys|Africa|
Hamadryas baboon|primates|Old World monkeys||
Proboscis monkey|primates|Old World monkeys|Asia|leaves
Ring-tailed lemur|primates|lemurs|Madagascar|plants
Capybara|rodents|cavies|South America|grass
Eurasian beaver|rodents|beavers||bark
North American beaver|rodents|beavers|North America|bark
Red squirrel|rodents|squirrels||seeds
Alpine marmot|rodents|squirrels|Europe|grass
House mouse|rodents|mice and rats||seeds
Harvest mouse|rodents|mice and rats||seeds
European hare|rabbits and hares|hares||grass
Mountain hare|rabbits and hares|hares||plants
European hedgehog|insectivores|hedgehogs|Europe|insects
European mole|insectivores|moles|Europe|earthworms
Giant anteater|anteaters and sloths|anteaters|South America|ants and termites
Nine-banded armadillo|armadillos|armadillos||insects
Red kangaroo|marsupials|kangaroos|Australia|grass
Red-necked wallaby|marsupials|kangaroos|Australia|grass
Koala|marsupials|koalas|Australia|leaves
Common wombat|marsupials|wombats|Australia|grass
Tasmanian devil|marsupials|dasyurids|Australia|meat
Virginia opossum|marsupials|opossums|North America|
Platypus|monotremes|platypuses|Australia|
Short-beaked echidna|monotremes|echidnas|Australia|ants and termites
`;
