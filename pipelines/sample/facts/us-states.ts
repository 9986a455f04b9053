/** States of the United States. Columns: name|abbreviation|capital|largest|year|region. */
export const usStates = `
Alabama|AL|Montgomery|Huntsville|1819|the South
Alaska|AK|Juneau|Anchorage|1959|the West
Arizona|AZ|Phoenix|Phoenix|1912|the West
Arkansas|AR|Little Rock|Little Rock|1836|the South
California|CA|Sacramento|Los Angeles|1850|the West
Colorado|CO|Denver|Denver|1876|the West
Connecticut|CT|Hartford|Bridgeport|1788|the Northeast
Delaware|DE|Dover|Wilmington|1787|the South
Florida|FL|Tallahassee|Jacksonville|1845|the South
Georgia|GA|Atlanta|Atlanta|1788|the South
Hawaii|HI|Honolulu|Honolulu|1959|the West
Idaho|ID|Boise|Boise|1890|the West
Illinois|IL|Springfield|Chicago|1818|the Midwest
Indiana|IN|Indianapolis|Indianapolis|1816|the Midwest
Iowa|IA|Des Moines|Des Moines|1846|the Midwest
Kansas|KS|Topeka|Wichita|1861|the Midwest
Kentucky|KY|Frankfort|Louisville|1792|the South
Louisiana|LA|Baton Rouge|New Orleans|1812|the South
Maine|ME|Augusta|Portland|1820|the Northeast
Maryland|MD|Annapolis|Baltimore|1788|the South
Massachusetts|MA|Boston|Boston|1788|the Northeast
Michigan|MI|Lansing|Detroit|1837|the Midwest
Minnesota|MN|Saint Paul|Minneapolis|1858|the Midwest
Mississippi|MS|Jackson|Jackson|1817|the South
Missouri|MO|Jefferson City|Kansas City|1821|the Midwest
Montana|MT|Helena|Billings|1889|the West
Nebraska|NE|Lincoln|Omaha|1867|the Midwest
Nevada|NV|Carson City|Las Vegas|1864|the West
New Hampshire|NH|Concord|Manchester|1788|the Northeast
New Jersey|NJ|Trenton|Newark|1787|the Northeast
New Mexico|NM|Santa Fe|Albuquerque|1912|the West
New York|NY|Albany|New York City|1788|the Northeast
North Carolina|NC|Raleigh|Charlotte|1789|the South
North Dakota|ND|Bismarck|Fargo|1889|the Midwest
Ohio|OH|Columbus|Columbus|1803|the Midwest
Oklahoma|OK|Oklahoma City|Oklahoma City|1907|the South
Oregon|OR|Salem|Portland|1859|the West
Pennsylvania|PA|Harrisburg|Philadelphia|1787|the Northeast
Rhode Island|RI|Providence|Providence|1790|the Northeast
South Carolina|SC|Columbia|Charleston|1788|the South
South Dakota|SD|Pierre|Sioux Falls|1889|the Midwest
Tennessee|TN|Nashville|Nashville|1796|the South
Texas|TX|Austin|Houston|1845|the South
Utah|UT|Salt Lake City|Salt Lake City|1896|the West
Vermont|VT|Montpelier|Burlington|1791|the Northeast
Virginia|VA|Richmond|Virginia Beach|1788|the South
Washington|WA|Olympia|Seattle|1889|the West
West Virginia|WV|Charleston|Charleston|1863|the South
Wisconsin|WI|Madison|Milwaukee|1848|the Midwest
Wyoming|WY|Cheyenne|Cheyenne|1890|the West
`;
