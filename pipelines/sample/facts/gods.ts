/** Gods and goddesses. Columns: name|pantheon|domain|counterpart|pronoun. */
export const gods = `
Zeus|Greek|the sky|Jupiter|he
Hera|Greek|marriage|Juno|she
Poseidon|Greek|the sea|Neptune|he
Demeter|Greek|the harvest|Ceres|she
Athena|Greek|wisdom|Minerva|she
Artemis|Greek|the hunt|Diana|she
Ares|Greek|war|Mars|he
Aphrodite|Greek|love|Venus|she
Hephaestus|Greek|fire and the forge|Vulcan|he
Hermes|Greek|travellers|Mercury|he
Dionysus|Greek|wine|Bacchus|he
Hades|Greek|the underworld|Pluto|he
Hestia|Greek|the hearth|Vesta|she
Eros|Greek|love|Cupid|he
Helios|Greek|the sun|Sol|he
Selene|Greek|the moon|Luna|she
Eos|Greek|the dawn|Aurora|she
Nike|Greek|victory|Victoria|she
Ra|Egyptian|the sun||he
Osiris|Egyptian|the afterlife||he
Isis|Egyptian|magic||she
Horus|Egyptian|kingship||he
Anubis|Egyptian|mummification||he
Thoth|Egyptian|writing||he
Bastet|Egyptian|cats||she
Hathor|Egyptian|love||she
Set|Egyptian|the desert||he
Odin|Norse|wisdom||he
Thor|Norse|thunder||he
Freyja|Norse|love||she
Freyr|Norse|fertility||he
Heimdall|Norse|watchfulness||he
Njord|Norse|the sea||he
Tyr|Norse|war||he
Brahma|Hindu|creation||he
Vishnu|Hindu|preservation||he
Shiva|Hindu|destruction||he
Lakshmi|Hindu|wealth||she
Saraswati|Hindu|learning||she
Agni|Hindu|fire||he
Indra|Hindu|storms||he
Perun|Slavic|thunder||he
Veles|Slavic|the underworld||he
Marduk|Babylonian|the city of Babylon||he
Ishtar|Babylonian|love||she
Shamash|Babylonian|the sun||he
Tlaloc|Aztec|rain||he
Quetzalcoatl|Aztec|wind||he
Inti|Inca|the sun||he
Amaterasu|Shinto|the sun||she
`;
