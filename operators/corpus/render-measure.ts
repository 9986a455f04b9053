/**
 * `{{convert}}`, the most frequent template of running text: the measure as it was given, without its conversion. In: the parameters. Out: `25 by 36 cm`,
 * `22 million acres`, `661,848 km²`; a hole where the unit is not known or only the converted measure would be seen. wtf_wikipedia cuts ranges
 * (`25 by`) and prints unit codes (`22 e6acre`). Never throws.
 */
import { hole } from './hole.ts';
import { positional, type TemplateParameters } from './template-parameters.ts';

const number = /^[+−-]?(?:\d[\d,]*)?\.?\d+$/;
const ranges: ReadonlyMap<string, string> = new Map([
  ...['-', '–', '&ndash;', 'to(-)', '-to'].map((word) => [word, '–'] as const),
  ...['to', 'and', 'or', 'by', 'to about'].map((word) => [word, ` ${word} `] as const),
  ...['x', 'X', '×', 'by(x)'].map((word) => [word, ' × '] as const),
  ['and(-)', ' and '], ['or(-)', ' or '], ['±', ' ± '], ['+/-', ' ± '],
]);
/** After one measure of the first unit, one of the second: 5 ft 10 in. */
const parts: ReadonlyMap<string, string> = new Map([['ft', 'in'], ['lb', 'oz'], ['st', 'lb']]);

const asWritten =
  'km m cm mm μm µm nm mi ft in yd nmi km2 m2 cm2 mm2 mi2 ft2 yd2 in2 m3 km3 cm3 mm3 mi3 ft3 yd3 in3 kg g mg lb oz st t kn mph km/h m/s ft/s ha L l mL ml hp W kW MW GW kWh MWh GWh TWh K AU ly pc Pa kPa hPa MPa psi bar atm J kJ MJ N kN °C °F';
const symbols = {
  C: '°C', F: '°F', 'C-change': '°C', 'F-change': '°F', sqmi: 'sq mi', sqft: 'sq ft', sqyd: 'sq yd', sqin: 'sq in', sqkm: 'km²', cuft: 'cu ft', cuyd: 'cu yd', cuin: 'cu in', cumi: 'cu mi', kph: 'km/h', kmh: 'km/h', knot: 'kn',
};
const words = {
  acre: ['acre', 'acres'], carat: ['carat', 'carats'], fathom: ['fathom', 'fathoms'], oilbbl: ['barrel', 'barrels'], 'oilbbl/d': ['barrel per day', 'barrels per day'], USgal: ['US gallon', 'US gallons'], impgal: ['imperial gallon', 'imperial gallons'], 'PD/sqmi': ['person per square mile', 'people per square mile'], 'PD/km2': ['person per square kilometre', 'people per square kilometre'],
  LT: ['long ton', 'long tons'], ST: ['short ton', 'short tons'], ton: ['ton', 'tons'], tonne: ['tonne', 'tonnes'], foot: ['foot', 'feet'], inch: ['inch', 'inches'], mile: ['mile', 'miles'], meter: ['meter', 'meters'], metre: ['metre', 'metres'],
} as const;
type Unit = readonly [one: string, many: string];
const units: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...asWritten.split(' ').map((code) => [code, code.replace(/2$/, '²').replace(/3$/, '³')] as const).map(([code, symbol]) => [code, [symbol, symbol]] as const),
  ...Object.entries(symbols).map(([code, symbol]) => [code, [symbol, symbol]] as const),
  ...Object.entries(words).flatMap(([code, unit]) => [[code, unit], [unit[1], unit]] as const),
]);
const powers: Readonly<Record<string, string>> = { e3: 'thousand ', e6: 'million ', e9: 'billion ', e12: 'trillion ', k: 'thousand ', M: 'million ', G: 'billion ', T: 'trillion ' };

export function renderMeasure(parameters: TemplateParameters): string {
  if (!/^(?:or|flip|comma|b|sqbr)?$/.test(parameters.named.get('disp') ?? '')) return hole;
  let text = '';
  let place = 1;
  for (;;) {
    const value = positional(parameters, place++);
    if (!number.test(value)) return hole;
    const between = ranges.get(positional(parameters, place));
    text += grouped(value);
    if (between !== undefined) {
      text += between;
      place++;
      continue;
    }
    const code = positional(parameters, place++);
    const unit = unitOf(code);
    if (unit === null) return hole;
    const adjective = parameters.named.get('adj') === 'on';
    text += (adjective && unit[0] !== unit[1] ? '-' : ' ') + unit[adjective || text === '1' ? 0 : 1];
    const smaller = parts.get(code);
    if (smaller === undefined || positional(parameters, place + 1) !== smaller || !number.test(positional(parameters, place))) return text;
    text += ' ';
  }
}

/** `661848`: `661,848`. */
function grouped(value: string): string {
  return value.replace(/(?<![\d.])\d{5,}(?!\d)/g, (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, ','));
}

/** Null where the code is not known. */
function unitOf(code: string): Unit | null {
  const [, power, name] = /^(e\d\d?|[kMGT](?=oilbbl|USgal|cuft))?(.*)$/s.exec(code)!;
  const unit = units.get(name!);
  if (power === undefined || unit === undefined) return unit ?? null;
  const scale = powers[power];
  return scale === undefined ? null : [scale + unit[1], scale + unit[1]];
}
