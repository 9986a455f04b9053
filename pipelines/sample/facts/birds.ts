/** Birds. Columns: name|order in plain words|family|home|diet. */
export const birds = `
Ostrich|ostriches|ostriches|Africa|plants
Emu|emus and cassowaries|emus|Australia|
Southern cassowary|emus and cassowaries|cassowaries||fruit
Emperor penguin|penguins|penguins|Antarctica|fish
Adelie penguin|penguins|penguins|Antarctica|krill
African penguin|penguins|penguins|Africa|fish
Mute swan|waterfowl|ducks and swans||plants
Mallard|waterfowl|ducks and swans||
Greylag goose|waterfowl|ducks and swans||grass
Common eider|waterfowl|ducks and swans||shellfish
Wild turkey|gamebirds|pheasants|North America|
Indian peafowl|gamebirds|pheasants|Asia|
Red junglefowl|gamebirds|pheasants|Asia|
Golden pheasant|gamebirds|pheasants|Asia|
Great crested grebe|grebes|grebes||fish
Greater flamingo|flamingos|flamingos||
White stork|storks|storks||
Marabou stork|storks|storks|Africa|carrion
Grey heron|pelicans and herons|herons||fish
Great white pelican|pelicans and herons|pelicans||fish
Shoebill|pelicans and herons|shoebills|Africa|fish
Golden eagle|birds of prey|hawks and eagles||meat
Bald eagle|birds of prey|hawks and eagles|North America|fish
Harpy eagle|birds of prey|hawks and eagles||meat
Bearded vulture|birds of prey|hawks and eagles||bones
Osprey|birds of prey|ospreys||fish
Secretarybird|birds of prey|secretarybirds|Africa|
Peregrine falcon|falcons|falcons||birds
Common kestrel|falcons|falcons||voles
Gyrfalcon|falcons|falcons||birds
Common crane|cranes and rails|cranes||
Whooping crane|cranes and rails|cranes|North America|
Common moorhen|cranes and rails|rails||
Atlantic puffin|shorebirds|auks||fish
Razorbill|shorebirds|auks||fish
Herring gull|shorebirds|gulls||
Arctic tern|shorebirds|gulls||fish
Northern lapwing|shorebirds|plovers||insects
Common wood pigeon|pigeons|pigeons||plants
Rock dove|pigeons|pigeons||seeds
Common cuckoo|cuckoos|cuckoos||insects
Greater roadrunner|cuckoos|cuckoos|North America|
Snowy owl|owls|true owls||lemmings
Eurasian eagle-owl|owls|true owls||meat
Barn owl|owls|barn owls||voles
Common swift|swifts and hummingbirds|swifts||insects
Bee hummingbird|swifts and hummingbirds|hummingbirds|Cuba|nectar
Common kingfisher|kingfishers|kingfishers||fish
Laughing kookaburra|kingfishers|kingfishers|Australia|
European bee-eater|kingfishers|bee-eaters||insects
Toco toucan|woodpeckers|toucans|South America|fruit
Great spotted woodpecker|woodpeckers|woodpeckers||
European green woodpecker|woodpeckers|woodpeckers|Europe|ants and termites
Scarlet macaw|parrots|true parrots||seeds
Grey parrot|parrots|true parrots|Africa|
Kea|parrots|New Zealand parrots|New Zealand|
Kakapo|parrots|New Zealand parrots|New Zealand|plants
Barn swallow|songbirds|swallows||insects
Common raven|songbirds|crows||
Eurasian magpie|songbirds|crows||
Blue jay|songbirds|crows|North America|
European robin|songbirds|flycatchers|Europe|insects
Common nightingale|songbirds|flycatchers||insects
Common blackbird|songbirds|thrushes||earthworms
Song thrush|songbirds|thrushes||snails
Great tit|songbirds|tits||insects
Eurasian blue tit|songbirds|tits|Europe|insects
House sparrow|songbirds|sparrows||seeds
European goldfinch|songbirds|finches||seeds
Common starling|songbirds|starlings||insects
`;
