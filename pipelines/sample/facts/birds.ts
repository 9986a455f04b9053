/** Birds. Columns: name|order in plain words|family|home|diet. */
export const birds = `
the Ostrich|ostriches|ostriches|Africa|plants
the Emu|emus and cassowaries|emus|Australia|
the Southern cassowary|emus and cassowaries|cassowaries||fruit
the Emperor penguin|penguins|penguins|Antarctica|fish
the Adelie penguin|penguins|penguins|Antarctica|krill
the African penguin|penguins|penguins|Africa|fish
the Mute swan|waterfowl|ducks and swans||plants
the Mallard|waterfowl|ducks and swans||
the Greylag goose|waterfowl|ducks and swans||grass
the Common eider|waterfowl|ducks and swans||shellfish
the Wild turkey|gamebirds|pheasants|North America|
the Indian peafowl|gamebirds|pheasants|Asia|
the Red junglefowl|gamebirds|pheasants|Asia|
the Golden pheasant|gamebirds|pheasants|Asia|
the Great crested grebe|grebes|grebes||fish
the Greater flamingo|flamingos|flamingos||
the White stork|storks|storks||
the Marabou stork|storks|storks|Africa|carrion
the Grey heron|pelicans and herons|herons||fish
the Great white pelican|pelicans and herons|pelicans||fish
the Shoebill|pelicans and herons|shoebills|Africa|fish
the Golden eagle|birds of prey|hawks and eagles||meat
the Bald eagle|birds of prey|hawks and eagles|North America|fish
the Harpy eagle|birds of prey|hawks and eagles||meat
the Bearded vulture|birds of prey|hawks and eagles||bones
the Osprey|birds of prey|ospreys||fish
the Secretarybird|birds of prey|secretarybirds|Africa|
the Peregrine falcon|falcons|falcons||birds
the Common kestrel|falcons|falcons||voles
the Gyrfalcon|falcons|falcons||birds
the Common crane|cranes and rails|cranes||
the Whooping crane|cranes and rails|cranes|North America|
the Common moorhen|cranes and rails|rails||
the Atlantic puffin|shorebirds|auks||fish
the Razorbill|shorebirds|auks||fish
the Herring gull|shorebirds|gulls||
the Arctic tern|shorebirds|gulls||fish
the Northern lapwing|shorebirds|plovers||insects
the Common wood pigeon|pigeons|pigeons||plants
the Rock dove|pigeons|pigeons||seeds
the Common cuckoo|cuckoos|cuckoos||insects
the Greater roadrunner|cuckoos|cuckoos|North America|
the Snowy owl|owls|true owls||lemmings
the Eurasian eagle-owl|owls|true owls||meat
the Barn owl|owls|barn owls||voles
the Common swift|swifts and hummingbirds|swifts||insects
the Bee hummingbird|swifts and hummingbirds|hummingbirds|Cuba|nectar
the Common kingfisher|kingfishers|kingfishers||fish
the Laughing kookaburra|kingfishers|kingfishers|Australia|
the European bee-eater|kingfishers|bee-eaters||insects
the Toco toucan|woodpeckers|toucans|South America|fruit
the Great spotted woodpecker|woodpeckers|woodpeckers||
the European green woodpecker|woodpeckers|woodpeckers|Europe|ants and termites
the Scarlet macaw|parrots|true parrots||seeds
the Grey parrot|parrots|true parrots|Africa|
the Kea|parrots|New Zealand parrots|New Zealand|
the Kakapo|parrots|New Zealand parrots|New Zealand|plants
the Barn swallow|songbirds|swallows||insects
the Common raven|songbirds|crows||
the Eurasian magpie|songbirds|crows||
the Blue jay|songbirds|crows|North America|
the European robin|songbirds|flycatchers|Europe|insects
the Common nightingale|songbirds|flycatchers||insects
the Common blackbird|songbirds|thrushes||earthworms
the Song thrush|songbirds|thrushes||snails
the Great tit|songbirds|tits||insects
the Eurasian blue tit|songbirds|tits|Europe|insects
the House sparrow|songbirds|sparrows||seeds
the European goldfinch|songbirds|finches||seeds
the Common starling|songbirds|starlings||insects
`;
