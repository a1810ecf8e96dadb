// The rules for the page, its build scripts and its tests: npm run lint
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import svelte from "eslint-plugin-svelte";
import typescript from "typescript-eslint";
import rooms from "./lint_rooms.mjs";
import svelteConfig from "./svelte.config.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const GENERATED = [
  "web/src/protocol/messages.ts",
  "web/src/protocol/records.ts",
  "web/src/report/document.ts",
];

export default typescript.config(
  { ignores: ["**/node_modules/", "build/", ...GENERATED] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["web/src/**/*.ts", "web/src/**/*.svelte"],
    extends: [...typescript.configs.strictTypeChecked, ...typescript.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: "./tsconfig.json",
        tsconfigRootDir: here,
        extraFileExtensions: [".svelte"],
      },
    },
    rules: {
      // TypeScript itself reports unknown names.
      "no-undef": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `() => void run()` and `() => (value = 1)` are the page's idiom for handlers.
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-meaningless-void-operator": "off",
    },
  },
  ...svelte.configs["flat/recommended"],
  {
    files: ["web/src/**/*.svelte", "web/src/**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: typescript.parser, svelteConfig } },
    rules: { "prefer-const": "off", "svelte/prefer-const": "error" },
  },
  {
    files: ["web/*.mjs", "web/report/*.mjs", "tests/**/*.mjs"],
    extends: [...typescript.configs.recommended],
    rules: { eqeqeq: ["error", "always", { null: "ignore" }] },
  },
  {
    files: [
      "web/src/**/*.ts",
      "web/src/**/*.svelte",
      "web/*.mjs",
      "web/report/*.mjs",
      "tests/**/*.mjs",
    ],
    plugins: { rooms },
    rules: { "rooms/allowed-imports": "error", "rooms/no-cycles": "error" },
  },
);
