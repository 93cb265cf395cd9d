import { useNavigate } from '@tanstack/react-router';
import { places, type Place } from './places';
import { useShortcut } from './keyboard';

/** The shortcuts that lead somewhere. */
export function Shortcuts() {
  const navigate = useNavigate();
  const go = (place: Place) => void navigate(place as never);
  useShortcut('?', () => go(places.settings('keyboard')));
  useShortcut('g h', () => go(places.home));
  useShortcut('g w', () => go(places.folder('')));
  useShortcut('g d', () => go(places.catalog()));
  useShortcut('g j', () => go(places.jobs()));
  useShortcut('g c', () => go(places.compute));
  return null;
}
