/** Planets in their order from the Sun. Columns: name|kind|moons|colour. */
export const planets = `
Mercury|rocky planet|no|grey
Venus|rocky planet|no|yellow
Earth|rocky planet||blue
Mars|rocky planet|two|red
Jupiter|gas giant|many|orange
Saturn|gas giant|many|golden
Uranus|ice giant|many|pale blue
Neptune|ice giant|many|deep blue
`;
