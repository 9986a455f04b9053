/** Islands. Columns: name|surrounding water|country|continent. */
export const islands = `
Sicily|the Mediterranean Sea|Italy|Europe
Sardinia|the Mediterranean Sea|Italy|Europe
Corsica|the Mediterranean Sea|France|Europe
Crete|the Mediterranean Sea|Greece|Europe
Rhodes|the Aegean Sea|Greece|Europe
Lesbos|the Aegean Sea|Greece|Europe
Naxos|the Aegean Sea|Greece|Europe
Santorini|the Aegean Sea|Greece|Europe
Mykonos|the Aegean Sea|Greece|Europe
Corfu|the Ionian Sea|Greece|Europe
Mallorca|the Mediterranean Sea|Spain|Europe
Menorca|the Mediterranean Sea|Spain|Europe
Ibiza|the Mediterranean Sea|Spain|Europe
Elba|the Tyrrhenian Sea|Italy|Europe
Capri|the Tyrrhenian Sea|Italy|Europe
Gozo|the Mediterranean Sea|Malta|Europe
Hvar|the Adriatic Sea|Croatia|Europe
Krk|the Adriatic Sea|Croatia|Europe
Gotland|the Baltic Sea|Sweden|Europe
Oland|the Baltic Sea|Sweden|Europe
Bornholm|the Baltic Sea|Denmark|Europe
Zealand|the Baltic Sea|Denmark|Europe
Saaremaa|the Baltic Sea|Estonia|Europe
Hiiumaa|the Baltic Sea|Estonia|Europe
Rugen|the Baltic Sea|Germany|Europe
Sylt|the North Sea|Germany|Europe
Texel|the North Sea|the Netherlands|Europe
Skye|the Atlantic Ocean|the United Kingdom|Europe
Anglesey|the Irish Sea|the United Kingdom|Europe
Spitsbergen|the Arctic Ocean|Norway|Europe
Novaya Zemlya|the Arctic Ocean|Russia|Europe
Madeira|the Atlantic Ocean|Portugal|Europe
Tenerife|the Atlantic Ocean|Spain|Africa
Gran Canaria|the Atlantic Ocean|Spain|Africa
Lanzarote|the Atlantic Ocean|Spain|Africa
Zanzibar|the Indian Ocean|Tanzania|Africa
Reunion|the Indian Ocean|France|Africa
Bioko|the Gulf of Guinea|Equatorial Guinea|Africa
Djerba|the Mediterranean Sea|Tunisia|Africa
Robben Island|the Atlantic Ocean|South Africa|Africa
Socotra|the Indian Ocean|Yemen|Asia
Honshu|the Pacific Ocean|Japan|Asia
Hokkaido|the Pacific Ocean|Japan|Asia
Kyushu|the Pacific Ocean|Japan|Asia
Shikoku|the Pacific Ocean|Japan|Asia
Okinawa|the Pacific Ocean|Japan|Asia
Sakhalin|the Sea of Okhotsk|Russia|Asia
Hainan|the South China Sea|China|Asia
Phu Quoc|the Gulf of Thailand|Vietnam|Asia
Phuket|the Andaman Sea|Thailand|Asia
Langkawi|the Andaman Sea|Malaysia|Asia
Luzon|the Pacific Ocean|the Philippines|Asia
Mindanao|the Pacific Ocean|the Philippines|Asia
Java|the Indian Ocean|Indonesia|Asia
Sumatra|the Indian Ocean|Indonesia|Asia
Bali|the Indian Ocean|Indonesia|Asia
Lombok|the Indian Ocean|Indonesia|Asia
Jeju|the East China Sea|South Korea|Asia
Baffin Island|the Arctic Ocean|Canada|North America
Ellesmere Island|the Arctic Ocean|Canada|North America
Victoria Island|the Arctic Ocean|Canada|North America
Newfoundland|the Atlantic Ocean|Canada|North America
Vancouver Island|the Pacific Ocean|Canada|North America
Greenland|the Arctic Ocean|Denmark|North America
Kodiak Island|the Pacific Ocean|the United States|North America
Martinique|the Caribbean Sea|France|North America
Guadeloupe|the Caribbean Sea|France|North America
Cozumel|the Caribbean Sea|Mexico|North America
Roatan|the Caribbean Sea|Honduras|North America
Tobago|the Caribbean Sea|Trinidad and Tobago|North America
Chiloe|the Pacific Ocean|Chile|South America
Isabela|the Pacific Ocean|Ecuador|South America
Marajo|the Atlantic Ocean|Brazil|South America
Tasmania|the Southern Ocean|Australia|Oceania
Kangaroo Island|the Southern Ocean|Australia|Oceania
Oahu|the Pacific Ocean|the United States|Oceania
Maui|the Pacific Ocean|the United States|Oceania
Tahiti|the Pacific Ocean|France|Oceania
Easter Island|the Pacific Ocean|Chile|Oceania
Viti Levu|the Pacific Ocean|Fiji|Oceania
Upolu|the Pacific Ocean|Samoa|Oceania
Stewart Island|the Pacific Ocean|New Zealand|Oceania
`;
