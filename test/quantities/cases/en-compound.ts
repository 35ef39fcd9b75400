import type { Case } from '../case.ts';

/** One quantity told in several parts, numbers in several words, and magnitudes with an angle, in English. */
export const EN_COMPOUND: readonly Case[] = [
  ['hours and minutes are one duration', 'The outage lasted 1 h 30 min.', '1.5 h'],
  ['three parts of a duration', 'after 1 h, 30 min and 18 s', '1.505 h'],
  ['duration without blanks', 'charging takes 3h15m', '3.25 h'],
  ['duration without the last letter', 'charging takes 1h30', '1.5 h'],
  ['sixty minutes make another hour, so these are two', '1 h 90 min', '1 h | 90 min'],
  ['a decimal first part takes no second', '1.5 h 30 min', '1.5 h | 30 min'],
  ['a sign holds for every part', 'a lag of -1 h 30 min', '-1.5 h'],
  ['a bus is no duration', 'bus 3h20m', 'identifier 3'],
  ['power and energy are two quantities', '350 MW 30 MWh', '350 MW | 30 MWh'],
  ['cents of a euro', '3 euros and 50 cents', '3.5 EUR'],
  ['feet and inches', 'a pole of 30 feet 6 inches', '30.5 ft'],
  ['pounds and ounces', '5 lb 4 oz', '5.25 lb'],
  ['falling scales', '1 million 234 thousand MWh', '1234000 MWh'],
  ['phasor with its unit behind the angle', 'V = 1.02∠-5.3° p.u.', '1.02 p.u. | -5.3 deg'],
  ['phasor in LaTeX', '$10\\angle 30^\\circ$ kV', '10 kV | 30 deg'],
  ['phasor with its unit before the angle', '10 kV∠30°', '10 kV | 30 deg'],
  ['blanks around the hyphen of a number', 'fifty - two turbines', '52'],
  ['a subtraction in words', 'ten - five', '10 | 5'],
  ['a trillionth', 'a trillionth of the load', '1e-12'],
  ['hundreds of a trillionth', 'a hundred trillionths', '1e-10'],
  ['a part after a hundred', 'one hundred and three quarters', '100.75'],
];
