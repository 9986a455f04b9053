/** What went wrong, where it is seen and heard. */
export function Problem({ reason }: { readonly reason: string }) {
  return (
    <p class="problem" role="alert">
      {reason}
    </p>
  );
}
