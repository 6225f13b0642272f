/** What a resource's URN says about its name and class. */

/** The resource's name, the last part of its URN. */
export function nameOfUrn(urn: string): string {
  return urn.split("::").slice(3).join("::") || urn;
}

/** How a message calls the resource: `ChatTopicSet "topics"`. */
export function describeResource(urn: string): string {
  const className = urn.split("::")[2]?.split(":").at(-1) ?? "resource";
  return `${className} ${JSON.stringify(nameOfUrn(urn))}`;
}
