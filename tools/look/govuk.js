// The GOV.UK components whose behaviour we use, each switched on where its data-module stands.
import { Button } from 'govuk-frontend/dist/govuk/components/button/button.mjs'
import { CharacterCount } from 'govuk-frontend/dist/govuk/components/character-count/character-count.mjs'
import { Checkboxes } from 'govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs'
import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs'
import { PasswordInput } from 'govuk-frontend/dist/govuk/components/password-input/password-input.mjs'
import { Radios } from 'govuk-frontend/dist/govuk/components/radios/radios.mjs'
import { SkipLink } from 'govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs'
import { createAll } from 'govuk-frontend/dist/govuk/init.mjs'

const USED = [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, SkipLink]

const wake = (scope) => USED.forEach((component) => createAll(component, undefined, { scope }))

wake(document)
document.addEventListener('htmx:load', (event) => wake(event.detail.elt))
