/** Countries of the Americas and Oceania. Columns: name|capital|region|currency|language|adjective|coast. */
export const countriesAmericasOceania = `
Antigua and Barbuda|Saint John's|the Caribbean|dollar|English|Antiguan|the Caribbean Sea
Argentina|Buenos Aires|South America|peso|Spanish|Argentine|the Atlantic Ocean
the Bahamas|Nassau|the Caribbean|dollar|English|Bahamian|the Atlantic Ocean
Barbados|Bridgetown|the Caribbean|dollar|English|Barbadian|the Atlantic Ocean
Belize|Belmopan|Central America|dollar|English|Belizean|the Caribbean Sea
Bolivia|Sucre|South America|boliviano|Spanish|Bolivian|
Brazil|Brasilia|South America|real|Portuguese|Brazilian|the Atlantic Ocean
Canada|Ottawa|North America|dollar|English|Canadian|the Arctic Ocean
Chile|Santiago|South America|peso|Spanish|Chilean|the Pacific Ocean
Colombia|Bogota|South America|peso|Spanish|Colombian|the Pacific Ocean
Costa Rica|San Jose|Central America|colon|Spanish|Costa Rican|the Pacific Ocean
Cuba|Havana|the Caribbean|peso|Spanish|Cuban|the Caribbean Sea
Dominica|Roseau|the Caribbean|dollar|English|Dominican|the Caribbean Sea
the Dominican Republic|Santo Domingo|the Caribbean|peso|Spanish|Dominican|the Caribbean Sea
Ecuador|Quito|South America|dollar|Spanish|Ecuadorian|the Pacific Ocean
El Salvador|San Salvador|Central America|dollar|Spanish|Salvadoran|the Pacific Ocean
Grenada|St. George's|the Caribbean|dollar|English|Grenadian|the Caribbean Sea
Guatemala|Guatemala City|Central America|quetzal|Spanish|Guatemalan|the Pacific Ocean
Guyana|Georgetown|South America|dollar|English|Guyanese|the Atlantic Ocean
Haiti|Port-au-Prince|the Caribbean|gourde|French|Haitian|the Caribbean Sea
Honduras|Tegucigalpa|Central America|lempira|Spanish|Honduran|the Caribbean Sea
Jamaica|Kingston|the Caribbean|dollar|English|Jamaican|the Caribbean Sea
Mexico|Mexico City|North America|peso|Spanish|Mexican|the Pacific Ocean
Nicaragua|Managua|Central America|cordoba|Spanish|Nicaraguan|the Pacific Ocean
Panama|Panama City|Central America|balboa|Spanish|Panamanian|the Pacific Ocean
Paraguay|Asuncion|South America|guarani|Spanish|Paraguayan|
Peru|Lima|South America|sol|Spanish|Peruvian|the Pacific Ocean
Saint Kitts and Nevis|Basseterre|the Caribbean|dollar|English|Kittitian|the Caribbean Sea
Saint Lucia|Castries|the Caribbean|dollar|English|Saint Lucian|the Caribbean Sea
Saint Vincent and the Grenadines|Kingstown|the Caribbean|dollar|English|Vincentian|the Caribbean Sea
Suriname|Paramaribo|South America|dollar|Dutch|Surinamese|the Atlantic Ocean
Trinidad and Tobago|Port of Spain|the Caribbean|dollar|English|Trinidadian|the Caribbean Sea
the United States|Washington|North America|dollar|English|American|the Pacific Ocean
Uruguay|Montevideo|South America|peso|Spanish|Uruguayan|the Atlantic Ocean
Venezuela|Caracas|South America|bolivar|Spanish|Venezuelan|the Caribbean Sea
Australia|Canberra|Oceania|dollar|English|Australian|the Pacific Ocean
Fiji|Suva|Oceania|dollar|English|Fijian|the Pacific Ocean
Kiribati|South Tarawa|Oceania|dollar|English|Kiribati|the Pacific Ocean
the Marshall Islands|Majuro|Oceania|dollar|Marshallese|Marshallese|the Pacific Ocean
Micronesia|Palikir|Oceania|dollar|English|Micronesian|the Pacific Ocean
Nauru||Oceania|dollar|Nauruan|Nauruan|the Pacific Ocean
New Zealand|Wellington|Oceania|dollar|English|New Zealand|the Pacific Ocean
Palau|Ngerulmud|Oceania|dollar|Palauan|Palauan|the Pacific Ocean
Papua New Guinea|Port Moresby|Oceania|kina|English|Papua New Guinean|the Pacific Ocean
Samoa|Apia|Oceania|tala|Samoan|Samoan|the Pacific Ocean
Solomon Islands|Honiara|Oceania|dollar|English|Solomon Island|the Pacific Ocean
Tonga|Nuku'alofa|Oceania|pa'anga|Tongan|Tongan|the Pacific Ocean
Tuvalu|Funafuti|Oceania|dollar|Tuvaluan|Tuvaluan|the Pacific Ocean
Vanuatu|Port Vila|Oceania|vatu|Bislama|Vanuatuan|the Pacific Ocean
`;
