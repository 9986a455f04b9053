/** Countries of Asia. Columns: name|capital|region|currency|language|adjective|coast. */
export const countriesAsia = `
Afghanistan|Kabul|South Asia|afghani|Pashto|Afghan|
Armenia|Yerevan|West Asia|dram|Armenian|Armenian|
Azerbaijan|Baku|West Asia|manat|Azerbaijani|Azerbaijani|the Caspian Sea
Bahrain|Manama|West Asia|dinar|Arabic|Bahraini|the Persian Gulf
Bangladesh|Dhaka|South Asia|taka|Bengali|Bangladeshi|the Indian Ocean
Bhutan|Thimphu|South Asia|ngultrum|Dzongkha|Bhutanese|
Brunei|Bandar Seri Begawan|Southeast Asia|dollar|Malay|Bruneian|the South China Sea
Cambodia|Phnom Penh|Southeast Asia|riel|Khmer|Cambodian|the Gulf of Thailand
China|Beijing|East Asia|renminbi|Mandarin|Chinese|the Pacific Ocean
Cyprus|Nicosia|West Asia|euro|Greek|Cypriot|the Mediterranean Sea
East Timor|Dili|Southeast Asia|dollar|Tetum|Timorese|the Timor Sea
Georgia|Tbilisi|West Asia|lari|Georgian|Georgian|the Black Sea
India|New Delhi|South Asia|rupee|Hindi|Indian|the Indian Ocean
Indonesia|Jakarta|Southeast Asia|rupiah|Indonesian|Indonesian|the Indian Ocean
Iran|Tehran|West Asia|rial|Persian|Iranian|the Persian Gulf
Iraq|Baghdad|West Asia|dinar|Arabic|Iraqi|the Persian Gulf
Israel|Jerusalem|West Asia|shekel|Hebrew|Israeli|the Mediterranean Sea
Japan|Tokyo|East Asia|yen|Japanese|Japanese|the Pacific Ocean
Jordan|Amman|West Asia|dinar|Arabic|Jordanian|the Red Sea
Kazakhstan|Astana|Central Asia|tenge|Kazakh|Kazakh|the Caspian Sea
Kuwait|Kuwait City|West Asia|dinar|Arabic|Kuwaiti|the Persian Gulf
Kyrgyzstan|Bishkek|Central Asia|som|Kyrgyz|Kyrgyz|
Laos|Vientiane|Southeast Asia|kip|Lao|Laotian|
Lebanon|Beirut|West Asia|pound|Arabic|Lebanese|the Mediterranean Sea
Malaysia|Kuala Lumpur|Southeast Asia|ringgit|Malay|Malaysian|the South China Sea
the Maldives|Male|South Asia|rufiyaa|Dhivehi|Maldivian|the Indian Ocean
Mongolia|Ulaanbaatar|East Asia|togrog|Mongolian|Mongolian|
Myanmar|Naypyidaw|Southeast Asia|kyat|Burmese|Burmese|the Indian Ocean
Nepal|Kathmandu|South Asia|rupee|Nepali|Nepalese|
North Korea|Pyongyang|East Asia|won|Korean|North Korean|the Yellow Sea
Oman|Muscat|West Asia|rial|Arabic|Omani|the Arabian Sea
Pakistan|Islamabad|South Asia|rupee|Urdu|Pakistani|the Arabian Sea
the Philippines|Manila|Southeast Asia|peso|Filipino|Philippine|the Pacific Ocean
Qatar|Doha|West Asia|riyal|Arabic|Qatari|the Persian Gulf
Saudi Arabia|Riyadh|West Asia|riyal|Arabic|Saudi|the Red Sea
Singapore||Southeast Asia|dollar|Malay|Singaporean|the South China Sea
South Korea|Seoul|East Asia|won|Korean|South Korean|the Yellow Sea
Sri Lanka|Sri Jayawardenepura Kotte|South Asia|rupee|Sinhala|Sri Lankan|the Indian Ocean
Syria|Damascus|West Asia|pound|Arabic|Syrian|the Mediterranean Sea
Tajikistan|Dushanbe|Central Asia|somoni|Tajik|Tajik|
Thailand|Bangkok|Southeast Asia|baht|Thai|Thai|the Gulf of Thailand
Turkey|Ankara|West Asia|lira|Turkish|Turkish|the Mediterranean Sea
Turkmenistan|Ashgabat|Central Asia|manat|Turkmen|Turkmen|the Caspian Sea
the United Arab Emirates|Abu Dhabi|West Asia|dirham|Arabic|Emirati|the Persian Gulf
Uzbekistan|Tashkent|Central Asia|som|Uzbek|Uzbek|
Vietnam|Hanoi|Southeast Asia|dong|Vietnamese|Vietnamese|the South China Sea
Yemen|Sanaa|West Asia|rial|Arabic|Yemeni|the Red Sea
`;
