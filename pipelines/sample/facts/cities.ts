/** Cities that are not capitals of countries. Columns: name|country|water|continent. */
export const cities = `
Hamburg|Germany|the Elbe|Europe
Munich|Germany||Europe
Cologne|Germany|the Rhine|Europe
Frankfurt|Germany|the Main|Europe
Dresden|Germany|the Elbe|Europe
Stuttgart|Germany|the Neckar|Europe
Bremen|Germany|the Weser|Europe
Lyon|France|the Rhone|Europe
Marseille|France|the Mediterranean Sea|Europe
Bordeaux|France|the Garonne|Europe
Toulouse|France|the Garonne|Europe
Nantes|France|the Loire|Europe
Strasbourg|France|the Rhine|Europe
Nice|France|the Mediterranean Sea|Europe
Le Havre|France|the English Channel|Europe
Rouen|France|the Seine|Europe
Barcelona|Spain|the Mediterranean Sea|Europe
Valencia|Spain|the Mediterranean Sea|Europe
Seville|Spain|the Guadalquivir|Europe
Zaragoza|Spain|the Ebro|Europe
Bilbao|Spain|the Bay of Biscay|Europe
Porto|Portugal|the Douro|Europe
Milan|Italy||Europe
Naples|Italy|the Tyrrhenian Sea|Europe
Turin|Italy|the Po|Europe
Venice|Italy|the Adriatic Sea|Europe
Florence|Italy|the Arno|Europe
Pisa|Italy|the Arno|Europe
Palermo|Italy|the Tyrrhenian Sea|Europe
Trieste|Italy|the Adriatic Sea|Europe
Geneva|Switzerland|the Rhone|Europe
Basel|Switzerland|the Rhine|Europe
Linz|Austria|the Danube|Europe
Innsbruck|Austria|the Inn|Europe
Graz|Austria||Europe
Krakow|Poland|the Vistula|Europe
Torun|Poland|the Vistula|Europe
Wroclaw|Poland|the Oder|Europe
Gdansk|Poland|the Baltic Sea|Europe
Szeged|Hungary|the Tisza|Europe
Novi Sad|Serbia|the Danube|Europe
Split|Croatia|the Adriatic Sea|Europe
Dubrovnik|Croatia|the Adriatic Sea|Europe
Maribor|Slovenia|the Drava|Europe
Varna|Bulgaria|the Black Sea|Europe
Constanta|Romania|the Black Sea|Europe
Odesa|Ukraine|the Black Sea|Europe
Dnipro|Ukraine|the Dnieper|Europe
Rotterdam|the Netherlands|the North Sea|Europe
Maastricht|the Netherlands|the Meuse|Europe
Liege|Belgium|the Meuse|Europe
Ostend|Belgium|the North Sea|Europe
Liverpool|the United Kingdom|the Irish Sea|Europe
Oxford|the United Kingdom|the Thames|Europe
Gloucester|the United Kingdom|the Severn|Europe
Edinburgh|the United Kingdom|the North Sea|Europe
Limerick|Ireland|the Shannon|Europe
Bergen|Norway|the North Sea|Europe
Stavanger|Norway|the North Sea|Europe
Aarhus|Denmark|the Baltic Sea|Europe
Turku|Finland|the Baltic Sea|Europe
Klaipeda|Lithuania|the Baltic Sea|Europe
Thessaloniki|Greece|the Aegean Sea|Europe
Kazan|Russia|the Volga|Europe
Volgograd|Russia|the Volga|Europe
Saint Petersburg|Russia|the Baltic Sea|Europe
Novosibirsk|Russia|the Ob|Asia
Yakutsk|Russia|the Lena|Asia
Krasnoyarsk|Russia|the Yenisei|Asia
Khabarovsk|Russia|the Amur|Asia
Istanbul|Turkey|the Black Sea|Europe
Izmir|Turkey|the Aegean Sea|Asia
Haifa|Israel|the Mediterranean Sea|Asia
Aleppo|Syria||Asia
Mosul|Iraq|the Tigris|Asia
Basra|Iraq||Asia
Isfahan|Iran||Asia
Jeddah|Saudi Arabia|the Red Sea|Asia
Dubai|the United Arab Emirates|the Persian Gulf|Asia
Aden|Yemen|the Indian Ocean|Asia
Karachi|Pakistan|the Arabian Sea|Asia
Lahore|Pakistan||Asia
Mumbai|India|the Arabian Sea|Asia
Chennai|India|the Bay of Bengal|Asia
Varanasi|India|the Ganges|Asia
Patna|India|the Ganges|Asia
Guwahati|India|the Brahmaputra|Asia
Mandalay|Myanmar|the Irrawaddy|Asia
Chittagong|Bangladesh|the Bay of Bengal|Asia
Colombo|Sri Lanka|the Indian Ocean|Asia
Shanghai|China|the East China Sea|Asia
Wuhan|China|the Yangtze|Asia
Nanjing|China|the Yangtze|Asia
Chongqing|China|the Yangtze|Asia
Lanzhou|China|the Yellow River|Asia
Guangzhou|China|the Pearl River|Asia
Osaka|Japan|the Pacific Ocean|Asia
Kyoto|Japan||Asia
Nagoya|Japan|the Pacific Ocean|Asia
Busan|South Korea||Asia
Haiphong|Vietnam|the Gulf of Tonkin|Asia
Alexandria|Egypt|the Mediterranean Sea|Africa
Luxor|Egypt|the Nile|Africa
Aswan|Egypt|the Nile|Africa
Casablanca|Morocco|the Atlantic Ocean|Africa
Marrakesh|Morocco||Africa
Oran|Algeria|the Mediterranean Sea|Africa
Lagos|Nigeria|the Gulf of Guinea|Africa
Timbuktu|Mali|the Niger|Africa
Mombasa|Kenya|the Indian Ocean|Africa
Dar es Salaam|Tanzania|the Indian Ocean|Africa
Cape Town|South Africa|the Atlantic Ocean|Africa
Durban|South Africa|the Indian Ocean|Africa
Saint Louis|the United States|the Mississippi|North America
Memphis|the United States|the Mississippi|North America
Cincinnati|the United States|the Ohio River|North America
San Francisco|the United States|the Pacific Ocean|North America
Chicago|the United States|Lake Michigan|North America
Detroit|the United States||North America
Toronto|Canada|Lake Ontario|North America
Vancouver|Canada|the Pacific Ocean|North America
Acapulco|Mexico|the Pacific Ocean|North America
Veracruz|Mexico|the Gulf of Mexico|North America
Rio de Janeiro|Brazil|the Atlantic Ocean|South America
Manaus|Brazil|the Amazon|South America
Salvador|Brazil|the Atlantic Ocean|South America
Guayaquil|Ecuador|the Pacific Ocean|South America
Iquitos|Peru|the Amazon|South America
Rosario|Argentina|the Parana|South America
Valparaiso|Chile|the Pacific Ocean|South America
Barranquilla|Colombia|the Magdalena|South America
Sydney|Australia|the Pacific Ocean|Oceania
Melbourne|Australia||Oceania
Perth|Australia|the Indian Ocean|Oceania
Auckland|New Zealand|the Pacific Ocean|Oceania
Hamilton|New Zealand|the Waikato|Oceania
`;
