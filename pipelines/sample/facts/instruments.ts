/** Musical instruments. Columns: name|family|how it is played|place of origin. */
export const instruments = `
the Violin|string|with a bow|Italy
the Viola|string|with a bow|Italy
the Cello|string|with a bow|Italy
the Double bass|string|with a bow|
the Erhu|string|with a bow|China
the Nyckelharpa|string|with a bow|Sweden
the Hardanger fiddle|string|with a bow|Norway
the Morin khuur|string|with a bow|Mongolia
the Viola da gamba|string|with a bow|
the Harp|string|by plucking|
the Lute|string|by plucking|
the Mandolin|string|by plucking|Italy
the Banjo|string|by plucking|the United States
the Balalaika|string|by plucking|Russia
the Bouzouki|string|by plucking|Greece
the Sitar|string|by plucking|India
the Veena|string|by plucking|India
the Pipa|string|by plucking|China
the Guzheng|string|by plucking|China
the Koto|string|by plucking|Japan
the Shamisen|string|by plucking|Japan
the Kora|string|by plucking|West Africa
the Charango|string|by plucking|Bolivia
the Ukulele|string|by plucking|Hawaii
the Kantele|string|by plucking|Finland
the Bandura|string|by plucking|Ukraine
the Oud|string|by plucking|
the Zither|string|by plucking|
the Cimbalom|string|with hammers|Hungary
the Santur|string|with hammers|Iran
the Flute|woodwind|by blowing|
the Recorder|woodwind|by blowing|
the Piccolo|woodwind|by blowing|
the Oboe|woodwind|by blowing|France
the Bassoon|woodwind|by blowing|
the Clarinet|woodwind|by blowing|Germany
the Saxophone|woodwind|by blowing|Belgium
the English horn|woodwind|by blowing|
the Shakuhachi|woodwind|by blowing|Japan
the Duduk|woodwind|by blowing|Armenia
the Bansuri|woodwind|by blowing|India
the Tin whistle|woodwind|by blowing|
the Fujara|woodwind|by blowing|Slovakia
the Trumpet|brass|by blowing|
the Trombone|brass|by blowing|
the French horn|brass|by blowing|
the Tuba|brass|by blowing|Germany
the Euphonium|brass|by blowing|
the Bugle|brass|by blowing|
the Flugelhorn|brass|by blowing|
the Timpani|percussion|with mallets|
the Xylophone|percussion|with mallets|
the Marimba|percussion|with mallets|
the Vibraphone|percussion|with mallets|the United States
the Glockenspiel|percussion|with mallets|Germany
the Steelpan|percussion|with mallets|Trinidad and Tobago
the Tabla|percussion|by hand|India
the Djembe|percussion|by hand|West Africa
the Bongo drum|percussion|by hand|Cuba
the Cajon|percussion|by hand|Peru
the Bodhran|percussion|with a stick|Ireland
the Taiko|percussion|with a stick|Japan
the Piano|keyboard|with the fingers|Italy
the Harpsichord|keyboard|with the fingers|
the Clavichord|keyboard|with the fingers|
the Celesta|keyboard|with the fingers|France
`;
