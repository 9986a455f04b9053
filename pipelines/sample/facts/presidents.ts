/** Presidents of the United States, by number. Columns: name|number|took office|birth state|party. */
export const presidents = `
George Washington|1|1789|Virginia|
John Adams|2|1797|Massachusetts|Federalist
Thomas Jefferson|3|1801|Virginia|Democratic-Republican
James Madison|4|1809|Virginia|Democratic-Republican
James Monroe|5|1817|Virginia|Democratic-Republican
John Quincy Adams|6|1825|Massachusetts|Democratic-Republican
Andrew Jackson|7|1829||Democratic
Martin Van Buren|8|1837|New York|Democratic
William Henry Harrison|9|1841|Virginia|Whig
John Tyler|10|1841|Virginia|Whig
James K. Polk|11|1845|North Carolina|Democratic
Zachary Taylor|12|1849|Virginia|Whig
Millard Fillmore|13|1850|New York|Whig
Franklin Pierce|14|1853|New Hampshire|Democratic
James Buchanan|15|1857|Pennsylvania|Democratic
Abraham Lincoln|16|1861|Kentucky|Republican
Andrew Johnson|17|1865|North Carolina|
Ulysses S. Grant|18|1869|Ohio|Republican
Rutherford B. Hayes|19|1877|Ohio|Republican
James A. Garfield|20|1881|Ohio|Republican
Chester A. Arthur|21|1881|Vermont|Republican
Benjamin Harrison|23|1889|Ohio|Republican
William McKinley|25|1897|Ohio|Republican
Theodore Roosevelt|26|1901|New York|Republican
William Howard Taft|27|1909|Ohio|Republican
Woodrow Wilson|28|1913|Virginia|Democratic
Warren G. Harding|29|1921|Ohio|Republican
Calvin Coolidge|30|1923|Vermont|Republican
Herbert Hoover|31|1929|Iowa|Republican
Franklin D. Roosevelt|32|1933|New York|Democratic
Harry S. Truman|33|1945|Missouri|Democratic
Dwight D. Eisenhower|34|1953|Texas|Republican
John F. Kennedy|35|1961|Massachusetts|Democratic
Lyndon B. Johnson|36|1963|Texas|Democratic
Richard Nixon|37|1969|California|Republican
Gerald Ford|38|1974|Nebraska|Republican
Jimmy Carter|39|1977|Georgia|Democratic
Ronald Reagan|40|1981|Illinois|Republican
George H. W. Bush|41|1989|Massachusetts|Republican
Bill Clinton|42|1993|Arkansas|Democratic
George W. Bush|43|2001|Connecticut|Republican
Barack Obama|44|2009|Hawaii|Democratic
`;
