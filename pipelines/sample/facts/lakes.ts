/** Lakes; areas and depths are rounded. Columns: name|depth in metres|country|kind|continent. */
export const lakes = `
Lake Baikal|1,642|Russia|freshwater|Asia
Lake Tanganyika|1,470|Tanzania|freshwater|Africa
Lake Malawi|706|Malawi|freshwater|Africa
Lake Victoria|84|Uganda|freshwater|Africa
Lake Superior|406|the United States|freshwater|North America
Lake Huron|229|the United States|freshwater|North America
Lake Michigan|281|the United States|freshwater|North America
Lake Erie|64|the United States|freshwater|North America
Lake Ontario|244|Canada|freshwater|North America
Great Bear Lake|446|Canada|freshwater|North America
Great Slave Lake|614|Canada|freshwater|North America
Lake Winnipeg|36|Canada|freshwater|North America
Lake Titicaca|281|Peru|freshwater|South America
Crater Lake|594|the United States|freshwater|North America
Lake Tahoe|501|the United States|freshwater|North America
Great Salt Lake||the United States|salt|North America
Lake Ladoga|230|Russia|freshwater|Europe
Lake Onega|127|Russia|freshwater|Europe
Lake Geneva|310|Switzerland|freshwater|Europe
Lake Constance|251|Germany|freshwater|Europe
Lake Garda|346|Italy|freshwater|Europe
Lake Como|410|Italy|freshwater|Europe
Lake Maggiore|372|Italy|freshwater|Europe
Lake Lugano|288|Switzerland|freshwater|Europe
Lake Lucerne|214|Switzerland|freshwater|Europe
Lake Balaton|12|Hungary|freshwater|Europe
Lake Ohrid|288|North Macedonia|freshwater|Europe
Lake Vanern|106|Sweden|freshwater|Europe
Lake Vattern|128|Sweden|freshwater|Europe
Lake Bled|30|Slovenia|freshwater|Europe
Loch Ness|227|the United Kingdom|freshwater|Europe
Loch Lomond|190|the United Kingdom|freshwater|Europe
Windermere|67|the United Kingdom|freshwater|Europe
the Dead Sea|304|Jordan|salt|Asia
the Caspian Sea|1,025|Kazakhstan|salt|Asia
Issyk-Kul|668|Kyrgyzstan|salt|Asia
Lake Van|451|Turkey|salt|Asia
Lake Biwa|104|Japan|freshwater|Asia
Qinghai Lake||China|salt|Asia
Lake Khovsgol|262|Mongolia|freshwater|Asia
Tonle Sap||Cambodia|freshwater|Asia
Lake Toba|505|Indonesia|freshwater|Asia
Lake Tana|15|Ethiopia|freshwater|Africa
Lake Turkana|109|Kenya|salt|Africa
Lake Kivu|480|Rwanda|freshwater|Africa
Lake Assal||Djibouti|salt|Africa
Lake Eyre||Australia|salt|Oceania
Lake Taupo|186|New Zealand|freshwater|Oceania
Lake Wakatipu|420|New Zealand|freshwater|Oceania
`;
