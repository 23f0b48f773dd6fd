// Puts the rows of an admin inline in order by dragging and by the keyboard.
//
// Works on the stock tabular inline with the class "ordered" (newsroom/pages/admin/ordering.py).
// The number field stays what is saved; without this script it is typed. Rows that nobody has
// filled in keep their number, so that an empty new row is still ignored when the form is saved.

const gettext = window.gettext ?? ((text) => text)

function rowsOf(group) {
  return [...group.querySelectorAll("tbody tr.form-row:not(.empty-form)")]
}

function numberOf(row) {
  return row.querySelector("input[name$='-order']")
}

function isUsed(row) {
  if (row.classList.contains("has_original")) return true
  return [...row.querySelectorAll("input, select, textarea")].some(
    (field) =>
      !["hidden", "checkbox"].includes(field.type) && field !== numberOf(row) && field.value !== "",
  )
}

function renumber(group) {
  rowsOf(group)
    .filter(isUsed)
    .forEach((row, place) => {
      numberOf(row).value = String(place + 1)
    })
}

function say(group, row) {
  const rows = rowsOf(group)
  const status = group.querySelector(".ordered__status")
  status.textContent = `${rows.indexOf(row) + 1} / ${rows.length}`
}

function move(group, row, step) {
  const rows = rowsOf(group)
  const other = rows[rows.indexOf(row) + step]
  if (!other) return
  if (step < 0) other.before(row)
  else other.after(row)
  renumber(group)
  say(group, row)
}

function button(sign, label, press) {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "ordered__button"
  made.textContent = sign
  made.setAttribute("aria-label", label)
  made.title = label
  made.addEventListener("click", () => {
    press()
    made.focus() // the row was moved in the document, which takes the focus away
  })
  return made
}

function equip(group, row) {
  const number = numberOf(row)
  if (!number || row.querySelector(".ordered__tools")) return
  const tools = document.createElement("span")
  tools.className = "ordered__tools"
  const handle = document.createElement("span")
  handle.className = "ordered__handle"
  handle.textContent = "⠿"
  handle.setAttribute("aria-hidden", "true")
  tools.append(
    handle,
    button("↑", gettext("Move up"), () => move(group, row, -1)),
    button("↓", gettext("Move down"), () => move(group, row, 1)),
  )
  number.before(tools)
  handle.addEventListener("pointerdown", (event) => drag(group, row, event))
}

// Pointer events, so that a finger does what a mouse does. They are heard on the document: a row that
// is moved would lose a capture of its own.
function drag(group, row, event) {
  event.preventDefault()
  row.classList.add("ordered__moving")
  const heard = new AbortController()
  const follow = ({ clientY }) => {
    for (const other of rowsOf(group)) {
      if (other === row) continue
      const box = other.getBoundingClientRect()
      if (clientY < box.top || clientY > box.bottom) continue
      if (clientY < box.top + box.height / 2) other.before(row)
      else other.after(row)
      break
    }
  }
  const drop = () => {
    heard.abort()
    row.classList.remove("ordered__moving")
    renumber(group)
    say(group, row)
  }
  document.addEventListener("pointermove", follow, { signal: heard.signal })
  document.addEventListener("pointerup", drop, { signal: heard.signal })
  document.addEventListener("pointercancel", drop, { signal: heard.signal })
}

for (const fieldset of document.querySelectorAll("fieldset.ordered")) {
  const group = fieldset.closest(".js-inline-admin-formset") ?? fieldset
  const status = document.createElement("p")
  status.className = "ordered__status visually-hidden"
  status.setAttribute("role", "status")
  fieldset.append(status)
  rowsOf(group).forEach((row) => equip(group, row))
  document.addEventListener("formset:added", (event) => {
    if (group.contains(event.target)) equip(group, event.target)
  })
  group.closest("form").addEventListener("submit", () => renumber(group))
}
