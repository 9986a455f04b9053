/** Musical instruments. Columns: name|family|how it is played|place of origin. */
export const instruments = `
Violin|string|with a bow|Italy
Viola|string|with a bow|Italy
Cello|string|with a bow|Italy
Double bass|string|with a bow|
Erhu|string|with a bow|China
Nyckelharpa|string|with a bow|Sweden
Hardanger fiddle|string|with a bow|Norway
Morin khuur|string|with a bow|Mongolia
Viola da gamba|string|with a bow|
Harp|string|by plucking|
Lute|string|by plucking|
Mandolin|string|by plucking|Italy
Banjo|string|by plucking|the United States
Balalaika|string|by plucking|Russia
Bouzouki|string|by plucking|Greece
Sitar|string|by plucking|India
Veena|string|by plucking|India
Pipa|string|by plucking|China
Guzheng|string|by plucking|China
Koto|string|by plucking|Japan
Shamisen|string|by plucking|Japan
Kora|string|by plucking|West Africa
Charango|string|by plucking|Bolivia
Ukulele|string|by plucking|Hawaii
Kantele|string|by plucking|Finland
Bandura|string|by plucking|Ukraine
Oud|string|by plucking|
Zither|string|by plucking|
Cimbalom|string|with hammers|Hungary
Santur|string|with hammers|Iran
Flute|woodwind|by blowing|
Recorder|woodwind|by blowing|
Piccolo|woodwind|by blowing|
Oboe|woodwind|by blowing|France
Bassoon|woodwind|by blowing|
Clarinet|woodwind|by blowing|Germany
Saxophone|woodwind|by blowing|Belgium
English horn|woodwind|by blowing|
Shakuhachi|woodwind|by blowing|Japan
Duduk|woodwind|by blowing|Armenia
Bansuri|woodwind|by blowing|India
Tin whistle|woodwind|by blowing|
Fujara|woodwind|by blowing|Slovakia
Trumpet|brass|by blowing|
Trombone|brass|by blowing|
French horn|brass|by blowing|
Tuba|brass|by blowing|Germany
Euphonium|brass|by blowing|
Bugle|brass|by blowing|
Flugelhorn|brass|by blowing|
Timpani|percussion|with mallets|
Xylophone|percussion|with mallets|
Marimba|percussion|with mallets|
Vibraphone|percussion|with mallets|the United States
Glockenspiel|percussion|with mallets|Germany
Steelpan|percussion|with mallets|Trinidad and Tobago
Tabla|percussion|by hand|India
Djembe|percussion|by hand|West Africa
Bongo drum|percussion|by hand|Cuba
Cajon|percussion|by hand|Peru
Bodhran|percussion|with a stick|Ireland
Taiko|percussion|with a stick|Japan
Piano|keyboard|with the fingers|Italy
Harpsichord|keyboard|with the fingers|
Clavichord|keyboard|with the fingers|
Celesta|keyboard|with the fingers|France
`;
