import { useGo } from '../parts/Go';
import { places, type Place } from '../parts/places';
import { useShortcut } from '../parts/keyboard';

/** The shortcuts that lead somewhere. */
export function Shortcuts() {
  const goTo = useGo();
  // In a notebook letters are commands, and whoever types into a cell that has lost the keys shall not be elsewhere.
  const go = (place: Place) => document.activeElement?.closest('.nb') || void goTo(place);
  useShortcut('?', () => go(places.settings('keyboard')));
  useShortcut('g h', () => go(places.home));
  useShortcut('g w', () => go(places.myFolder));
  useShortcut('g d', () => go(places.catalog()));
  useShortcut('g j', () => go(places.jobs()));
  useShortcut('g c', () => go(places.compute));
  return null;
}
