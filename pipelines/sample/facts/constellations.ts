/** Constellations. Columns: name|abbreviation|brightest star|part of the sky|meaning. */
export const constellations = `
Andromeda|And|Alpheratz|northern|chained princess
Aquarius|Aqr|Sadalsuud|southern|water carrier
Aquila|Aql|Altair|northern|eagle
Aries|Ari|Hamal|northern|ram
Auriga|Aur|Capella|northern|charioteer
Bootes|Boo|Arcturus|northern|herdsman
Cancer|Cnc|Tarf|northern|crab
Canes Venatici|CVn|Cor Caroli|northern|hunting dogs
Canis Major|CMa|Sirius|southern|greater dog
Canis Minor|CMi|Procyon|northern|lesser dog
Capricornus|Cap|Deneb Algedi|southern|sea goat
Carina|Car|Canopus|southern|keel
Cassiopeia|Cas|Schedar|northern|queen
Centaurus|Cen|Rigil Kentaurus|southern|centaur
Cepheus|Cep|Alderamin|northern|king
Cetus|Cet|Diphda|southern|sea monster
Columba|Col|Phact|southern|dove
Corona Borealis|CrB|Alphecca|northern|northern crown
Corvus|Crv|Gienah|southern|crow
Crux|Cru|Acrux|southern|cross
Cygnus|Cyg|Deneb|northern|swan
Delphinus|Del|Rotanev|northern|dolphin
Draco|Dra|Eltanin|northern|dragon
Eridanus|Eri|Achernar|southern|river
Gemini|Gem|Pollux|northern|twins
Grus|Gru|Alnair|southern|crane
Hercules|Her|Kornephoros|northern|hero
Hydra|Hya|Alphard|southern|water snake
Leo|Leo|Regulus|northern|lion
Lepus|Lep|Arneb|southern|hare
Libra|Lib|Zubeneschamali|southern|scales
Lyra|Lyr|Vega|northern|lyre
Ophiuchus|Oph|Rasalhague||serpent bearer
Orion|Ori|Rigel||hunter
Pavo|Pav|Peacock|southern|peacock
Pegasus|Peg|Enif|northern|winged horse
Perseus|Per|Mirfak|northern|hero
Phoenix|Phe|Ankaa|southern|firebird
Pisces|Psc|Alpherg|northern|fishes
Piscis Austrinus|PsA|Fomalhaut|southern|southern fish
Puppis|Pup|Naos|southern|stern of a ship
Sagitta|Sge||northern|arrow
Sagittarius|Sgr|Kaus Australis|southern|archer
Scorpius|Sco|Antares|southern|scorpion
Serpens|Ser|Unukalhai||snake
Taurus|Tau|Aldebaran|northern|bull
Ursa Major|UMa|Alioth|northern|greater bear
Ursa Minor|UMi|Polaris|northern|lesser bear
Virgo|Vir|Spica||maiden
`;
