/** Mountains. Columns: name|height in metres|range|country|first ascent|continent. */
export const mountains = `
Mount Everest|8,849|the Himalayas|Nepal|1953|Asia
K2|8,611|the Karakoram|Pakistan|1954|Asia
Kangchenjunga|8,586|the Himalayas|Nepal|1955|Asia
Lhotse|8,516|the Himalayas|Nepal|1956|Asia
Makalu|8,485|the Himalayas|Nepal|1955|Asia
Cho Oyu|8,188|the Himalayas|Nepal|1954|Asia
Dhaulagiri|8,167|the Himalayas|Nepal|1960|Asia
Manaslu|8,163|the Himalayas|Nepal|1956|Asia
Nanga Parbat|8,126|the Himalayas|Pakistan|1953|Asia
Annapurna|8,091|the Himalayas|Nepal|1950|Asia
Gasherbrum I|8,080|the Karakoram|Pakistan|1958|Asia
Broad Peak|8,051|the Karakoram|Pakistan|1957|Asia
Gasherbrum II|8,035|the Karakoram|Pakistan|1956|Asia
Shishapangma|8,027|the Himalayas|China|1964|Asia
Nanda Devi|7,816|the Himalayas|India|1936|Asia
Rakaposhi|7,788|the Karakoram|Pakistan|1958|Asia
Kamet|7,756|the Himalayas|India|1931|Asia
Tirich Mir|7,708|the Hindu Kush|Pakistan|1950|Asia
Noshaq|7,492|the Hindu Kush|Afghanistan|1960|Asia
Jengish Chokusu|7,439|the Tian Shan|Kyrgyzstan|1956|Asia
Khan Tengri|7,010|the Tian Shan|Kazakhstan|1931|Asia
Ama Dablam|6,812|the Himalayas|Nepal|1961|Asia
Mount Fuji|3,776||Japan||Asia
Mount Ararat|5,137|the Armenian Highlands|Turkey|1829|Asia
Damavand|5,609|the Alborz|Iran||Asia
Belukha|4,506|the Altai|Russia|1914|Asia
Elbrus|5,642|the Caucasus|Russia|1874|Europe
Kazbek|5,054|the Caucasus|Georgia|1868|Europe
Shkhara|5,193|the Caucasus|Georgia|1888|Europe
Ushba|4,710|the Caucasus|Georgia|1888|Europe
Mont Blanc|4,806|the Alps|France|1786|Europe
Dufourspitze|4,634|the Alps|Switzerland|1855|Europe
Dom|4,546|the Alps|Switzerland|1858|Europe
Weisshorn|4,506|the Alps|Switzerland|1861|Europe
Matterhorn|4,478|the Alps|Switzerland|1865|Europe
Jungfrau|4,158|the Alps|Switzerland|1811|Europe
Eiger|3,967|the Alps|Switzerland|1858|Europe
Piz Bernina|4,048|the Alps|Switzerland|1850|Europe
Gran Paradiso|4,061|the Alps|Italy|1860|Europe
Marmolada|3,343|the Alps|Italy|1864|Europe
Grossglockner|3,798|the Alps|Austria|1800|Europe
Ortler|3,905|the Alps|Italy|1804|Europe
Zugspitze|2,962|the Alps|Germany|1820|Europe
Triglav|2,864|the Alps|Slovenia|1778|Europe
Aneto|3,404|the Pyrenees|Spain|1842|Europe
Monte Perdido|3,355|the Pyrenees|Spain|1802|Europe
Mulhacen|3,479||Spain||Europe
Etna|3,357||Italy||Europe
Vesuvius|1,281||Italy||Europe
Mount Olympus|2,918||Greece|1913|Europe
Musala|2,925|the Rila|Bulgaria||Europe
Gerlachovsky Stit|2,655|the Carpathians|Slovakia||Europe
Rysy|2,503|the Carpathians|Poland|1840|Europe
Ben Nevis|1,345|the Grampians|the United Kingdom|1771|Europe
Snowdon|1,085||the United Kingdom||Europe
Galdhopiggen|2,469|the Scandinavian Mountains|Norway|1850|Europe
Kebnekaise|2,097|the Scandinavian Mountains|Sweden|1883|Europe
Narodnaya|1,895|the Urals|Russia|1927|Europe
Kilimanjaro|5,895||Tanzania|1889|Africa
Mount Kenya|5,199||Kenya|1899|Africa
Mount Stanley|5,109|the Rwenzori|Uganda|1906|Africa
Toubkal|4,167|the Atlas|Morocco|1923|Africa
Mount Cameroon|4,040||Cameroon||Africa
Teide|3,715||Spain||Africa
Denali|6,190|the Alaska Range|the United States|1913|North America
Mount Logan|5,959|the Saint Elias Mountains|Canada|1925|North America
Pico de Orizaba|5,636||Mexico|1848|North America
Popocatepetl|5,426||Mexico||North America
Mount Rainier|4,392|the Cascades|the United States|1870|North America
Mount Hood|3,429|the Cascades|the United States|1857|North America
Mount Shasta|4,322|the Cascades|the United States|1854|North America
Mount Whitney|4,421|the Sierra Nevada|the United States|1873|North America
Mount Elbert|4,401|the Rocky Mountains|the United States||North America
Pikes Peak|4,302|the Rocky Mountains|the United States|1820|North America
Grand Teton|4,199|the Rocky Mountains|the United States||North America
Mount Robson|3,954|the Rocky Mountains|Canada|1913|North America
Mount Assiniboine|3,618|the Rocky Mountains|Canada|1901|North America
Mauna Kea|4,207||the United States||Oceania
Aconcagua|6,961|the Andes|Argentina|1897|South America
Ojos del Salado|6,893|the Andes|Chile|1937|South America
Huascaran|6,768|the Andes|Peru|1932|South America
Chimborazo|6,263|the Andes|Ecuador|1880|South America
Cotopaxi|5,897|the Andes|Ecuador|1872|South America
Illimani|6,438|the Andes|Bolivia|1898|South America
Alpamayo|5,947|the Andes|Peru|1957|South America
Fitz Roy|3,405|the Andes|Argentina|1952|South America
Puncak Jaya|4,884|the Sudirman Range|Indonesia|1962|Oceania
Aoraki|3,724|the Southern Alps|New Zealand|1894|Oceania
Mount Kosciuszko|2,228|the Snowy Mountains|Australia|1840|Oceania
`;
