// The example queries: the server puts them into the page, so they can be changed without building it again.
import { useEditorContext } from '@graphiql/react';

/** [{ title, about, query }], in order. */
export const examples = JSON.parse(document.getElementById('examples').textContent);

function Icon(props) {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" {...props}>
      <path d="M3 1.5h7.5L13 4v10.5H3zM5.5 6h5M5.5 8.7h5M5.5 11.4h3" />
    </svg>
  );
}

function Content() {
  const { tabs, addTab, changeTab, queryEditor } = useEditorContext({ nonNull: true });
  const open = (query) => {
    const index = tabs.findIndex((tab) => tab.query === query);
    if (index >= 0) return changeTab(index);
    addTab();
    setTimeout(() => queryEditor.setValue(query)); // after the new tab has emptied the editor
  };
  return (
    <section aria-label="Examples" className="mulu-examples">
      <h2>Examples 示例</h2>
      <p>A click opens the query in a tab. Ctrl-Enter runs it.</p>
      <ul>
        {examples.map(({ title, about, query }) => (
          <li key={title}>
            <button type="button" onClick={() => open(query)}>
              <strong>{title}</strong>
              <span>{about}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export const EXAMPLES_PLUGIN = { title: 'Examples', icon: Icon, content: Content };
