/** What a program may say about objects that exist already, and about their removal. */

export const ADOPT_POLICIES = ["unused", "matching", "any", "none"] as const;
export const REMOVE_POLICIES = ["unused", "destroy", "retain"] as const;
export type AdoptPolicy = (typeof ADOPT_POLICIES)[number];
export type RemovePolicy = (typeof REMOVE_POLICIES)[number];
