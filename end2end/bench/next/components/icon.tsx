/** A symbol of the sprite that our page uses as well. */
export function Icon({ name }: { name: string }) {
  return (
    <svg className="icon" aria-hidden="true">
      <use href={`/pkg/icons.svg#${name}`} />
    </svg>
  );
}
