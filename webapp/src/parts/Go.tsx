import { Link, useNavigate } from '@tanstack/react-router';
import { useCallback, type ComponentProps } from 'react';
import type { Place } from './places';

type Props = { place: Place } & Pick<ComponentProps<'a'>, 'children' | 'className' | 'style' | 'title' | 'aria-label'>;

/** A link to one of the {@link places}. */
export function Go({ place, ...rest }: Props) {
  return <Link {...(place as { to: string })} {...rest} />;
}

/** Goes to one of the places, without a link. */
export function useGo(): (place: Place) => Promise<void> {
  const navigate = useNavigate();
  return useCallback((place: Place) => navigate(place as { to: string }), [navigate]);
}
