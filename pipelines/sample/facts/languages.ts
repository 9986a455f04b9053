/** Languages. Columns: name|branch|family|script|country. */
export const languages = `
English language|Germanic|Indo-European|Latin|the United Kingdom
German language|Germanic|Indo-European|Latin|Germany
Dutch language|Germanic|Indo-European|Latin|the Netherlands
Swedish language|Germanic|Indo-European|Latin|Sweden
Danish language|Germanic|Indo-European|Latin|Denmark
Norwegian language|Germanic|Indo-European|Latin|Norway
Icelandic language|Germanic|Indo-European|Latin|Iceland
Luxembourgish language|Germanic|Indo-European|Latin|Luxembourg
Afrikaans language|Germanic|Indo-European|Latin|South Africa
French language|Romance|Indo-European|Latin|France
Italian language|Romance|Indo-European|Latin|Italy
Spanish language|Romance|Indo-European|Latin|Spain
Portuguese language|Romance|Indo-European|Latin|Portugal
Romanian language|Romance|Indo-European|Latin|Romania
Catalan language|Romance|Indo-European|Latin|Spain
Russian language|Slavic|Indo-European|Cyrillic|Russia
Ukrainian language|Slavic|Indo-European|Cyrillic|Ukraine
Belarusian language|Slavic|Indo-European|Cyrillic|Belarus
Bulgarian language|Slavic|Indo-European|Cyrillic|Bulgaria
Macedonian language|Slavic|Indo-European|Cyrillic|North Macedonia
Polish language|Slavic|Indo-European|Latin|Poland
Czech language|Slavic|Indo-European|Latin|Czech Republic
Slovak language|Slavic|Indo-European|Latin|Slovakia
Slovene language|Slavic|Indo-European|Latin|Slovenia
Croatian language|Slavic|Indo-European|Latin|Croatia
Lithuanian language|Baltic|Indo-European|Latin|Lithuania
Latvian language|Baltic|Indo-European|Latin|Latvia
Irish language|Celtic|Indo-European|Latin|Ireland
Welsh language|Celtic|Indo-European|Latin|the United Kingdom
Breton language|Celtic|Indo-European|Latin|France
Greek language||Indo-European|Greek|Greece
Albanian language||Indo-European|Latin|Albania
Armenian language||Indo-European|Armenian|Armenia
Persian language|Iranian|Indo-European|Arabic|Iran
Pashto language|Iranian|Indo-European|Arabic|Afghanistan
Kurdish language|Iranian|Indo-European||Turkey
Tajik language|Iranian|Indo-European|Cyrillic|Tajikistan
Hindi language|Indo-Aryan|Indo-European|Devanagari|India
Nepali language|Indo-Aryan|Indo-European|Devanagari|Nepal
Marathi language|Indo-Aryan|Indo-European|Devanagari|India
Bengali language|Indo-Aryan|Indo-European|Bengali|Bangladesh
Urdu language|Indo-Aryan|Indo-European|Arabic|Pakistan
Sinhala language|Indo-Aryan|Indo-European|Sinhala|Sri Lanka
Dhivehi language|Indo-Aryan|Indo-European|Thaana|the Maldives
Finnish language|Finnic|Uralic|Latin|Finland
Estonian language|Finnic|Uralic|Latin|Estonia
Hungarian language|Ugric|Uralic|Latin|Hungary
Turkish language||Turkic|Latin|Turkey
Azerbaijani language||Turkic|Latin|Azerbaijan
Uzbek language||Turkic|Latin|Uzbekistan
Kyrgyz language||Turkic|Cyrillic|Kyrgyzstan
Turkmen language||Turkic|Latin|Turkmenistan
Mongolian language||Mongolic|Cyrillic|Mongolia
Arabic language|Semitic|Afro-Asiatic|Arabic|Egypt
Hebrew language|Semitic|Afro-Asiatic|Hebrew|Israel
Amharic language|Semitic|Afro-Asiatic|Ethiopic|Ethiopia
Tigrinya language|Semitic|Afro-Asiatic|Ethiopic|Eritrea
Maltese language|Semitic|Afro-Asiatic|Latin|Malta
Somali language|Cushitic|Afro-Asiatic|Latin|Somalia
Hausa language|Chadic|Afro-Asiatic|Latin|Nigeria
Swahili language|Bantu|Niger-Congo|Latin|Kenya
Zulu language|Bantu|Niger-Congo|Latin|South Africa
Yoruba language||Niger-Congo|Latin|Nigeria
Igbo language||Niger-Congo|Latin|Nigeria
Kinyarwanda language|Bantu|Niger-Congo|Latin|Rwanda
Sotho language|Bantu|Niger-Congo|Latin|Lesotho
Georgian language||Kartvelian|Georgian|Georgia
Tamil language||Dravidian|Tamil|India
Telugu language||Dravidian|Telugu|India
Mandarin language|Sinitic|Sino-Tibetan|Chinese|China
Cantonese language|Sinitic|Sino-Tibetan|Chinese|China
Burmese language||Sino-Tibetan|Burmese|Myanmar
Dzongkha language||Sino-Tibetan|Tibetan|Bhutan
Thai language||Kra-Dai|Thai|Thailand
Lao language||Kra-Dai|Lao|Laos
Khmer language||Austroasiatic|Khmer|Cambodia
Vietnamese language||Austroasiatic|Latin|Vietnam
Malay language|Malayo-Polynesian|Austronesian|Latin|Malaysia
Indonesian language|Malayo-Polynesian|Austronesian|Latin|Indonesia
Filipino language|Malayo-Polynesian|Austronesian|Latin|the Philippines
Malagasy language|Malayo-Polynesian|Austronesian|Latin|Madagascar
Samoan language|Malayo-Polynesian|Austronesian|Latin|Samoa
Maori language|Malayo-Polynesian|Austronesian|Latin|New Zealand
Korean language||Koreanic|Hangul|South Korea
Japanese language||Japonic|Japanese|Japan
Basque language|||Latin|Spain
Guarani language||Tupian|Latin|Paraguay
Nahuatl language||Uto-Aztecan|Latin|Mexico
`;
