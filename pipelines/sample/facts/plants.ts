/** Plants. Columns: name|family in plain words|kind|origin. */
export const plants = `
Apple tree|roses|tree|Asia
Pear tree|roses|tree|
Plum tree|roses|tree|
Almond tree|roses|tree|Asia
Strawberry|roses|herb|
Raspberry|roses|shrub|
Tomato|nightshades|herb|South America
Potato|nightshades|herb|South America
Aubergine|nightshades|herb|Asia
Tobacco|nightshades|herb|
Bell pepper|nightshades|herb|
Cabbage|mustards|herb|Europe
Radish|mustards|herb|
White mustard|mustards|herb|
Wheat|grasses|cereal|Asia
Rice|grasses|cereal|Asia
Maize|grasses|cereal|North America
Barley|grasses|cereal|Asia
Rye|grasses|cereal|Asia
Sorghum|grasses|cereal|Africa
Sugarcane|grasses|herb|
Bamboo|grasses|woody grass|
Pea|legumes|herb|
Lentil|legumes|herb|Asia
Chickpea|legumes|herb|Asia
Soybean|legumes|herb|Asia
Peanut|legumes|herb|South America
Clover|legumes|herb|
Carrot|umbellifers|herb|
Parsley|umbellifers|herb|
Celery|umbellifers|herb|
Dill|umbellifers|herb|
Sunflower|daisies|herb|North America
Lettuce|daisies|herb|
Dandelion|daisies|herb|
Artichoke|daisies|herb|
Edelweiss|daisies|herb|Europe
Mint|mints|herb|
Basil|mints|herb|Asia
Lavender|mints|shrub|
Rosemary|mints|shrub|
Sage|mints|shrub|
Coffee plant|madders|shrub|Africa
Tea plant|camellias|shrub|Asia
Cacao tree|mallows|tree|South America
Cotton plant|mallows|shrub|
Baobab|mallows|tree|
Orange tree|rues|tree|Asia
Lemon tree|rues|tree|Asia
Oak|beeches|tree|
European beech|beeches|tree|Europe
Sweet chestnut|beeches|tree|
Silver birch|birches|tree|
Hazel|birches|shrub|
Scots pine|pines|conifer|
Norway spruce|pines|conifer|Europe
European larch|pines|conifer|Europe
Cedar of Lebanon|pines|conifer|
Giant sequoia|cypresses|conifer|North America
Coast redwood|cypresses|conifer|North America
Common juniper|cypresses|conifer|
Date palm|palms|palm|
Coconut palm|palms|palm|
Oil palm|palms|palm|Africa
Olive tree|olives|tree|
Common ash|olives|tree|
Lilac|olives|shrub|
Vanilla|orchids|climber|North America
Saffron crocus|irises|herb|
Tulip|lilies|herb|
Pineapple|bromeliads|herb|South America
Cucumber|gourds|climber|Asia
Watermelon|gourds|climber|Africa
Pumpkin|gourds|climber|North America
Onion|amaryllises|herb|Asia
Garlic|amaryllises|herb|Asia
Black pepper|peppers|climber|Asia
Ginger|gingers|herb|Asia
Turmeric|gingers|herb|Asia
Grapevine|grapes|climber|
Mango tree|cashews|tree|Asia
Pistachio tree|cashews|tree|Asia
Avocado tree|laurels|tree|
Cinnamon tree|laurels|tree|Asia
`;
