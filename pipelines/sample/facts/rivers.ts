/** Rivers; lengths are rounded, sources differ. Columns: name|length in km|mouth|countries or states|continent. */
export const rivers = `
the Amazon|6,400|the Atlantic Ocean|Peru; Brazil|South America
the Nile|6,650|the Mediterranean Sea|Sudan; Egypt|Africa
the Yangtze|6,300|the East China Sea|China|Asia
the Mississippi|3,770|the Gulf of Mexico|the United States|North America
the Missouri|3,770|the Mississippi|the United States|North America
the Yenisei|3,490|the Kara Sea|Russia|Asia
the Yellow River|5,460|the Bohai Sea|China|Asia
the Ob|3,650|the Kara Sea|Russia|Asia
the Parana|4,880|the Atlantic Ocean|Brazil; Paraguay; Argentina|South America
the Amur|2,820|the Sea of Okhotsk|Russia; China|Asia
the Lena|4,290|the Laptev Sea|Russia|Asia
the Mekong|4,350|the South China Sea|Laos; Cambodia; Vietnam|Asia
the Mackenzie|1,740|the Arctic Ocean|Canada|North America
the Niger|4,180|the Gulf of Guinea|Mali; Niger; Nigeria|Africa
the Murray|2,510|the Southern Ocean|Australia|Oceania
the Volga|3,530|the Caspian Sea|Russia|Europe
the Yukon|3,190|the Bering Sea|Canada; the United States|North America
the Indus|3,180|the Arabian Sea|India; Pakistan|Asia
the Rio Grande|3,050|the Gulf of Mexico|the United States; Mexico|North America
the Danube|2,850|the Black Sea|Germany; Austria; Hungary; Romania|Europe
the Zambezi|2,570|the Indian Ocean|Zambia; Zimbabwe; Mozambique|Africa
the Ganges|2,510|the Bay of Bengal|India; Bangladesh|Asia
the Brahmaputra|2,900|the Bay of Bengal|India; Bangladesh|Asia
the Euphrates|2,800|the Persian Gulf|Turkey; Syria; Iraq|Asia
the Tigris|1,900|the Persian Gulf|Turkey; Iraq|Asia
the Irrawaddy|2,170|the Andaman Sea|Myanmar|Asia
the Dnieper|2,200|the Black Sea|Russia; Belarus; Ukraine|Europe
the Don|1,870|the Sea of Azov|Russia|Europe
the Orinoco|2,140|the Atlantic Ocean|Venezuela; Colombia|South America
the Colorado River|2,330|the Gulf of California|the United States; Mexico|North America
the Columbia|2,000|the Pacific Ocean|Canada; the United States|North America
the Orange River|2,200|the Atlantic Ocean|South Africa; Namibia|Africa
the Limpopo|1,750|the Indian Ocean|South Africa; Mozambique|Africa
the Senegal River|1,640|the Atlantic Ocean|Mali; Senegal; Mauritania|Africa
the Volta|1,500|the Gulf of Guinea|Burkina Faso; Ghana|Africa
the Rhine|1,230|the North Sea|Switzerland; Germany; the Netherlands|Europe
the Elbe|1,090|the North Sea|Czech Republic; Germany|Europe
the Vistula|1,050|the Baltic Sea|Poland|Europe
the Oder|850|the Baltic Sea|Czech Republic; Poland; Germany|Europe
the Loire|1,010|the Bay of Biscay|France|Europe
the Seine|780|the English Channel|France|Europe
the Rhone|810|the Mediterranean Sea|Switzerland; France|Europe
the Garonne|530|the Bay of Biscay|Spain; France|Europe
the Ebro|930|the Mediterranean Sea|Spain|Europe
the Tagus|1,010|the Atlantic Ocean|Spain; Portugal|Europe
the Douro|900|the Atlantic Ocean|Spain; Portugal|Europe
the Guadalquivir|660|the Gulf of Cadiz|Spain|Europe
the Po|650|the Adriatic Sea|Italy|Europe
the Tiber|405|the Tyrrhenian Sea|Italy|Europe
the Arno|240|the Tyrrhenian Sea|Italy|Europe
the Thames|346|the North Sea|the United Kingdom|Europe
the Severn|354|the Bristol Channel|the United Kingdom|Europe
the Shannon|360|the Atlantic Ocean|Ireland|Europe
the Sava|990|the Danube|Slovenia; Croatia; Serbia|Europe
the Drava|720|the Danube|Austria; Slovenia; Croatia|Europe
the Tisza|970|the Danube|Ukraine; Hungary; Serbia|Europe
the Inn|518|the Danube|Switzerland; Austria; Germany|Europe
the Moselle|545|the Rhine|France; Germany|Europe
the Main|525|the Rhine|Germany|Europe
the Neckar|362|the Rhine|Germany|Europe
the Weser|450|the North Sea|Germany|Europe
the Meuse|925|the North Sea|France; Belgium; the Netherlands|Europe
the Dniester|1,360|the Black Sea|Ukraine; Moldova|Europe
the Ural|2,430|the Caspian Sea|Russia; Kazakhstan|Europe
the Pechora|1,810|the Barents Sea|Russia|Europe
the Hudson|507|the Atlantic Ocean|the United States|North America
the Potomac|652|the Chesapeake Bay|the United States|North America
the Snake River|1,740|the Columbia|the United States|North America
the Arkansas River|2,360|the Mississippi|the United States|North America
the Ohio River|1,580|the Mississippi|the United States|North America
the Fraser|1,370|the Pacific Ocean|Canada|North America
the Godavari|1,465|the Bay of Bengal|India|Asia
the Krishna|1,290|the Bay of Bengal|India|Asia
the Narmada|1,310|the Arabian Sea|India|Asia
the Chao Phraya|372|the Gulf of Thailand|Thailand|Asia
the Red River|1,150|the Gulf of Tonkin|China; Vietnam|Asia
the Pearl River|2,320|the South China Sea|China|Asia
the Salween|2,815|the Andaman Sea|China; Myanmar|Asia
the Jordan River|251|the Dead Sea|Israel; Jordan|Asia
the Waikato|425|the Tasman Sea|New Zealand|Oceania
the Darling|1,470|the Murray|Australia|Oceania
the Magdalena|1,530|the Caribbean Sea|Colombia|South America
the Sao Francisco|2,830|the Atlantic Ocean|Brazil|South America
the Blue Nile|1,450|the Nile|Ethiopia; Sudan|Africa
`;
