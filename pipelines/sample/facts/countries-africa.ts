/** Countries of Africa. Columns: name|capital|region|currency|language|adjective|coast. */
export const countriesAfrica = `
Algeria|Algiers|North Africa|dinar|Arabic|Algerian|the Mediterranean Sea
Angola|Luanda|Central Africa|kwanza|Portuguese|Angolan|the Atlantic Ocean
Benin|Porto-Novo|West Africa|CFA franc|French|Beninese|the Atlantic Ocean
Botswana|Gaborone|Southern Africa|pula|English|Botswanan|
Burkina Faso|Ouagadougou|West Africa|CFA franc||Burkinabe|
Burundi|Gitega|East Africa|franc|Kirundi|Burundian|
Cameroon|Yaounde|Central Africa|CFA franc|French|Cameroonian|the Atlantic Ocean
Cape Verde|Praia|West Africa|escudo|Portuguese|Cape Verdean|the Atlantic Ocean
the Central African Republic|Bangui|Central Africa|CFA franc|French|Central African|
Chad|N'Djamena|Central Africa|CFA franc|French|Chadian|
the Comoros|Moroni|East Africa|franc|Comorian|Comorian|the Indian Ocean
Djibouti||East Africa|franc|French|Djiboutian|the Red Sea
Egypt|Cairo|North Africa|pound|Arabic|Egyptian|the Mediterranean Sea
Equatorial Guinea||Central Africa|CFA franc|Spanish|Equatorial Guinean|the Atlantic Ocean
Eritrea|Asmara|East Africa|nakfa||Eritrean|the Red Sea
Eswatini|Mbabane|Southern Africa|lilangeni|Swazi|Swazi|
Ethiopia|Addis Ababa|East Africa|birr|Amharic|Ethiopian|
Gabon|Libreville|Central Africa|CFA franc|French|Gabonese|the Atlantic Ocean
the Gambia|Banjul|West Africa|dalasi|English|Gambian|the Atlantic Ocean
Ghana|Accra|West Africa|cedi|English|Ghanaian|the Atlantic Ocean
Guinea|Conakry|West Africa|franc|French|Guinean|the Atlantic Ocean
Guinea-Bissau|Bissau|West Africa|CFA franc|Portuguese|Bissau-Guinean|the Atlantic Ocean
Ivory Coast|Yamoussoukro|West Africa|CFA franc|French|Ivorian|the Atlantic Ocean
Kenya|Nairobi|East Africa|shilling|Swahili|Kenyan|the Indian Ocean
Lesotho|Maseru|Southern Africa|loti|Sotho|Basotho|
Liberia|Monrovia|West Africa|dollar|English|Liberian|the Atlantic Ocean
Libya|Tripoli|North Africa|dinar|Arabic|Libyan|the Mediterranean Sea
Madagascar|Antananarivo|East Africa|ariary|Malagasy|Malagasy|the Indian Ocean
Malawi|Lilongwe|East Africa|kwacha|English|Malawian|
Mali|Bamako|West Africa|CFA franc||Malian|
Mauritania|Nouakchott|West Africa|ouguiya|Arabic|Mauritanian|the Atlantic Ocean
Mauritius|Port Louis|East Africa|rupee|English|Mauritian|the Indian Ocean
Morocco|Rabat|North Africa|dirham|Arabic|Moroccan|the Atlantic Ocean
Mozambique|Maputo|East Africa|metical|Portuguese|Mozambican|the Indian Ocean
Namibia|Windhoek|Southern Africa|dollar|English|Namibian|the Atlantic Ocean
Niger|Niamey|West Africa|CFA franc||Nigerien|
Nigeria|Abuja|West Africa|naira|English|Nigerian|the Atlantic Ocean
the Republic of the Congo|Brazzaville|Central Africa|CFA franc|French|Congolese|the Atlantic Ocean
Rwanda|Kigali|East Africa|franc|Kinyarwanda|Rwandan|
Sao Tome and Principe|Sao Tome|Central Africa|dobra|Portuguese|Santomean|the Atlantic Ocean
Senegal|Dakar|West Africa|CFA franc|French|Senegalese|the Atlantic Ocean
Seychelles|Victoria|East Africa|rupee|Creole|Seychellois|the Indian Ocean
Sierra Leone|Freetown|West Africa|leone|English|Sierra Leonean|the Atlantic Ocean
Somalia|Mogadishu|East Africa|shilling|Somali|Somali|the Indian Ocean
South Africa|Pretoria|Southern Africa|rand|Zulu|South African|the Atlantic Ocean
South Sudan|Juba|East Africa|pound|English|South Sudanese|
Sudan|Khartoum|North Africa|pound|Arabic|Sudanese|the Red Sea
Tanzania|Dodoma|East Africa|shilling|Swahili|Tanzanian|the Indian Ocean
Togo|Lome|West Africa|CFA franc|French|Togolese|the Atlantic Ocean
Tunisia|Tunis|North Africa|dinar|Arabic|Tunisian|the Mediterranean Sea
Uganda|Kampala|East Africa|shilling|English|Ugandan|
Zambia|Lusaka|Southern Africa|kwacha|English|Zambian|
Zimbabwe|Harare|Southern Africa||English|Zimbabwean|
`;
