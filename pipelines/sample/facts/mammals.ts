/** Mammals. Columns: name|order in plain words|family|home|diet. */
export const mammals = `
the Lion|carnivores|cats|Africa|meat
the Tiger|carnivores|cats|Asia|meat
the Leopard|carnivores|cats||meat
the Snow leopard|carnivores|cats|Asia|meat
the Jaguar|carnivores|cats|South America|meat
the Cheetah|carnivores|cats|Africa|meat
the Ocelot|carnivores|cats|South America|meat
the Serval|carnivores|cats|Africa|meat
the Caracal|carnivores|cats||meat
the Grey wolf|carnivores|dogs||meat
the Coyote|carnivores|dogs|North America|meat
the Dingo|carnivores|dogs|Australia|meat
the Fennec fox|carnivores|dogs|Africa|
the Arctic fox|carnivores|dogs||meat
the Brown bear|carnivores|bears||plants and meat
the Polar bear|carnivores|bears||meat
the Giant panda|carnivores|bears|Asia|bamboo
the Sloth bear|carnivores|bears|Asia|insects
the Spectacled bear|carnivores|bears|South America|plants
the European badger|carnivores|weasels|Europe|
the Wolverine|carnivores|weasels||meat
the Sea otter|carnivores|weasels||shellfish
the Stoat|carnivores|weasels||meat
the Honey badger|carnivores|weasels||
the Spotted hyena|carnivores|hyenas|Africa|meat
the Striped hyena|carnivores|hyenas||meat
the Meerkat|carnivores|mongooses|Africa|insects
the Raccoon|carnivores|raccoons|North America|plants and meat
the White-nosed coati|carnivores|raccoons||plants and meat
the Walrus|carnivores|walruses||shellfish
the Leopard seal|carnivores|true seals|Antarctica|meat
the Weddell seal|carnivores|true seals|Antarctica|fish
the Harbour seal|carnivores|true seals||fish
the African bush elephant|proboscideans|elephants|Africa|plants
the Asian elephant|proboscideans|elephants|Asia|plants
the Plains zebra|odd-toed ungulates|horses|Africa|grass
the Przewalski's horse|odd-toed ungulates|horses|Asia|grass
the Black rhinoceros|odd-toed ungulates|rhinoceroses|Africa|leaves
the White rhinoceros|odd-toed ungulates|rhinoceroses|Africa|grass
the Malayan tapir|odd-toed ungulates|tapirs|Asia|plants
the Brazilian tapir|odd-toed ungulates|tapirs|South America|plants
the Giraffe|even-toed ungulates|giraffes|Africa|leaves
the Okapi|even-toed ungulates|giraffes|Africa|leaves
the Hippopotamus|even-toed ungulates|hippopotamuses|Africa|grass
the Warthog|even-toed ungulates|pigs|Africa|plants
the Wild boar|even-toed ungulates|pigs||plants and meat
the Red deer|even-toed ungulates|deer||plants
the Reindeer|even-toed ungulates|deer||lichens
the Moose|even-toed ungulates|deer||leaves
the Roe deer|even-toed ungulates|deer||plants
the American bison|even-toed ungulates|cattle|North America|grass
the African buffalo|even-toed ungulates|cattle|Africa|grass
the Blue wildebeest|even-toed ungulates|cattle|Africa|grass
the Impala|even-toed ungulates|cattle|Africa|grass
the Alpine ibex|even-toed ungulates|cattle|Europe|grass
the Yak|even-toed ungulates|cattle|Asia|grass
the Bactrian camel|even-toed ungulates|camels|Asia|plants
the Vicuna|even-toed ungulates|camels|South America|grass
the Guanaco|even-toed ungulates|camels|South America|plants
the Blue whale|whales|rorquals||krill
the Humpback whale|whales|rorquals||
the Killer whale|whales|oceanic dolphins||
the Bottlenose dolphin|whales|oceanic dolphins||fish
the Beluga|whales|white whales||fish
the Narwhal|whales|white whales||fish
the Chimpanzee|primates|great apes|Africa|
the Bornean orangutan|primates|great apes|Asia|fruit
the Western gorilla|primates|great apes|Africa|plants
the Mandrill|primates|Old World monkeys|Africa|
the Hamadryas baboon|primates|Old World monkeys||
the Proboscis monkey|primates|Old World monkeys|Asia|leaves
the Ring-tailed lemur|primates|lemurs|Madagascar|plants
the Capybara|rodents|cavies|South America|grass
the Eurasian beaver|rodents|beavers||bark
the North American beaver|rodents|beavers|North America|bark
the Red squirrel|rodents|squirrels||seeds
the Alpine marmot|rodents|squirrels|Europe|grass
the House mouse|rodents|mice and rats||seeds
the Harvest mouse|rodents|mice and rats||seeds
the European hare|rabbits and hares|hares||grass
the Mountain hare|rabbits and hares|hares||plants
the European hedgehog|insectivores|hedgehogs|Europe|insects
the European mole|insectivores|moles|Europe|earthworms
the Giant anteater|anteaters and sloths|anteaters|South America|ants and termites
the Nine-banded armadillo|armadillos|armadillos||insects
the Red kangaroo|marsupials|kangaroos|Australia|grass
the Red-necked wallaby|marsupials|kangaroos|Australia|grass
the Koala|marsupials|koalas|Australia|leaves
the Common wombat|marsupials|wombats|Australia|grass
the Tasmanian devil|marsupials|dasyurids|Australia|meat
the Virginia opossum|marsupials|opossums|North America|
the Platypus|monotremes|platypuses|Australia|
the Short-beaked echidna|monotremes|echidnas|Australia|ants and termites
`;
