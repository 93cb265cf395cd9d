/** Pages of single things: they have most of their scripts in common, so that they come together. */
export { GroupPage } from './GroupPage';
export { PolicyPage } from './PolicyPage';
export { ProfilePage } from './ProfilePage';
export { RolePage } from './RolePage';
export { UserPage } from './UserPage';
