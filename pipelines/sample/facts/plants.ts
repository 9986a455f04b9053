/** Plants. Columns: name|family in plain words|kind|origin. */
export const plants = `
the Apple tree|roses|tree|Asia
the Pear tree|roses|tree|
the Plum tree|roses|tree|
the Almond tree|roses|tree|Asia
the Strawberry|roses|herb|
the Raspberry|roses|shrub|
the Tomato|nightshades|herb|South America
the Potato|nightshades|herb|South America
the Aubergine|nightshades|herb|Asia
Tobacco|nightshades|herb|
the Bell pepper|nightshades|herb|
Cabbage|mustards|herb|Europe
the Radish|mustards|herb|
White mustard|mustards|herb|
Wheat|grasses|cereal|Asia
Rice|grasses|cereal|Asia
Maize|grasses|cereal|North America
Barley|grasses|cereal|Asia
Rye|grasses|cereal|Asia
Sorghum|grasses|cereal|Africa
Sugarcane|grasses|herb|
Bamboo|grasses|woody grass|
the Pea|legumes|herb|
the Lentil|legumes|herb|Asia
the Chickpea|legumes|herb|Asia
the Soybean|legumes|herb|Asia
the Peanut|legumes|herb|South America
Clover|legumes|herb|
the Carrot|umbellifers|herb|
Parsley|umbellifers|herb|
Celery|umbellifers|herb|
Dill|umbellifers|herb|
the Sunflower|daisies|herb|North America
Lettuce|daisies|herb|
the Dandelion|daisies|herb|
the Artichoke|daisies|herb|
Edelweiss|daisies|herb|Europe
Mint|mints|herb|
Basil|mints|herb|Asia
Lavender|mints|shrub|
Rosemary|mints|shrub|
Sage|mints|shrub|
the Coffee plant|madders|shrub|Africa
the Tea plant|camellias|shrub|Asia
the Cacao tree|mallows|tree|South America
the Cotton plant|mallows|shrub|
the Baobab|mallows|tree|
the Orange tree|rues|tree|Asia
the Lemon tree|rues|tree|Asia
the Oak|beeches|tree|
the European beech|beeches|tree|Europe
the Sweet chestnut|beeches|tree|
the Silver birch|birches|tree|
the Hazel|birches|shrub|
the Scots pine|pines|conifer|
the Norway spruce|pines|conifer|Europe
the European larch|pines|conifer|Europe
the Cedar of Lebanon|pines|conifer|
the Giant sequoia|cypresses|conifer|North America
the Coast redwood|cypresses|conifer|North America
the Common juniper|cypresses|conifer|
the Date palm|palms|palm|
the Coconut palm|palms|palm|
the Oil palm|palms|palm|Africa
the Olive tree|olives|tree|
the Common ash|olives|tree|
the Lilac|olives|shrub|
Vanilla|orchids|climber|North America
the Saffron crocus|irises|herb|
the Tulip|lilies|herb|
the Pineapple|bromeliads|herb|South America
the Cucumber|gourds|climber|Asia
the Watermelon|gourds|climber|Africa
the Pumpkin|gourds|climber|North America
the Onion|amaryllises|herb|Asia
Garlic|amaryllises|herb|Asia
Black pepper|peppers|climber|Asia
Ginger|gingers|herb|Asia
Turmeric|gingers|herb|Asia
the Grapevine|grapes|climber|
the Mango tree|cashews|tree|Asia
the Pistachio tree|cashews|tree|Asia
the Avocado tree|laurels|tree|
the Cinnamon tree|laurels|tree|Asia
`;
