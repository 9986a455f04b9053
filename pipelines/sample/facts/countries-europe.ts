/** Countries of Europe. Columns: name|capital|region|currency|language|adjective|coast. */
export const countriesEurope = `
Albania|Tirana|Southern Europe|lek|Albanian|Albanian|the Adriatic Sea
Andorra|Andorra la Vella|Southern Europe|euro|Catalan|Andorran|
Austria|Vienna|Central Europe|euro|German|Austrian|
Belarus|Minsk|Eastern Europe|ruble|Belarusian|Belarusian|
Belgium|Brussels|Western Europe|euro|Dutch|Belgian|the North Sea
Bosnia and Herzegovina|Sarajevo|Southern Europe|mark|Bosnian|Bosnian|the Adriatic Sea
Bulgaria|Sofia|Eastern Europe||Bulgarian|Bulgarian|the Black Sea
Croatia|Zagreb|Southern Europe|euro|Croatian|Croatian|the Adriatic Sea
Czech Republic|Prague|Central Europe|koruna|Czech|Czech|
Denmark|Copenhagen|Northern Europe|krone|Danish|Danish|the North Sea
Estonia|Tallinn|Northern Europe|euro|Estonian|Estonian|the Baltic Sea
Finland|Helsinki|Northern Europe|euro|Finnish|Finnish|the Baltic Sea
France|Paris|Western Europe|euro|French|French|the Atlantic Ocean
Germany|Berlin|Central Europe|euro|German|German|the Baltic Sea
Greece|Athens|Southern Europe|euro|Greek|Greek|the Aegean Sea
Hungary|Budapest|Central Europe|forint|Hungarian|Hungarian|
Iceland|Reykjavik|Northern Europe|krona|Icelandic|Icelandic|the Atlantic Ocean
Ireland|Dublin|Western Europe|euro|Irish|Irish|the Atlantic Ocean
Italy|Rome|Southern Europe|euro|Italian|Italian|the Mediterranean Sea
Kosovo|Pristina|Southern Europe|euro|Albanian|Kosovar|
Latvia|Riga|Northern Europe|euro|Latvian|Latvian|the Baltic Sea
Liechtenstein|Vaduz|Central Europe|franc|German|Liechtenstein|
Lithuania|Vilnius|Northern Europe|euro|Lithuanian|Lithuanian|the Baltic Sea
Luxembourg|Luxembourg City|Western Europe|euro|Luxembourgish|Luxembourgish|
Malta|Valletta|Southern Europe|euro|Maltese|Maltese|the Mediterranean Sea
Moldova|Chisinau|Eastern Europe|leu|Romanian|Moldovan|
Monaco||Western Europe|euro|French|Monegasque|the Mediterranean Sea
Montenegro|Podgorica|Southern Europe|euro|Montenegrin|Montenegrin|the Adriatic Sea
the Netherlands|Amsterdam|Western Europe|euro|Dutch|Dutch|the North Sea
North Macedonia|Skopje|Southern Europe|denar|Macedonian|Macedonian|
Norway|Oslo|Northern Europe|krone|Norwegian|Norwegian|the North Sea
Poland|Warsaw|Central Europe|zloty|Polish|Polish|the Baltic Sea
Portugal|Lisbon|Southern Europe|euro|Portuguese|Portuguese|the Atlantic Ocean
Romania|Bucharest|Eastern Europe|leu|Romanian|Romanian|the Black Sea
Russia|Moscow|Eastern Europe|ruble|Russian|Russian|the Arctic Ocean
San Marino||Southern Europe|euro|Italian|Sammarinese|
Serbia|Belgrade|Southern Europe|dinar|Serbian|Serbian|
Slovakia|Bratislava|Central Europe|euro|Slovak|Slovak|
Slovenia|Ljubljana|Central Europe|euro|Slovene|Slovenian|the Adriatic Sea
Spain|Madrid|Southern Europe|euro|Spanish|Spanish|the Atlantic Ocean
Sweden|Stockholm|Northern Europe|krona|Swedish|Swedish|the Baltic Sea
Switzerland|Bern|Central Europe|franc|German|Swiss|
Ukraine|Kyiv|Eastern Europe|hryvnia|Ukrainian|Ukrainian|the Black Sea
the United Kingdom|London|Western Europe|pound|English|British|the North Sea
`;
