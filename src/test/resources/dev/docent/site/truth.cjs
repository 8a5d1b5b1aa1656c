// Says how Docusaurus itself reads a site, with its own code: a line of JSON for each published
// page, with file, url, title, headings (level, anchor, text) and words. The site's configuration
// is run; packages that it names and that are not installed are replaced by a stub.
//
// node truth.cjs FOLDER_WITH_NODE_MODULES SITE OUT.jsonl
'use strict';
process.env.NODE_ENV = 'production';
const Module = require('module');
const fs = require('fs');
const path = require('path');

const [modules, site, out] = process.argv.slice(2).map((arg) => path.resolve(arg));
process.chdir(site);
const own = Module.createRequire(path.join(modules, 'package.json'));

const STUB = path.join(__dirname, 'stub.cjs');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  try {
    return resolve.call(this, request, ...rest);
  } catch (notOfTheSite) {
    const file = request.startsWith('.') || path.isAbsolute(request);
    if (file && !/node_modules|\.css$/.test(request)) {
      throw notOfTheSite;
    }
    // What else happens to be installed here may be of another version than the site wants.
    if (/^(@docusaurus\/|react$)/.test(request)) {
      try {
        return own.resolve(request);
      } catch {
        // A plug-in of Docusaurus that publishes no pages.
      }
    }
    console.error('not of the site, and replaced by a stub: ' + request);
    return STUB;
  }
};

// Nothing is bundled, so the bundler that the site wants need not be installed.
own('@docusaurus/bundler/lib/currentBundler').getCurrentBundler = async () => ({ name: 'webpack' });
const { loadContext } = own('@docusaurus/core/lib/server/site');
const { normalizePluginOptions } = own('@docusaurus/utils-validation');
const { DEFAULT_PARSE_FRONT_MATTER } = own('@docusaurus/utils');
const { compileToJSX } = own('@docusaurus/mdx-loader/lib/utils');
const KINDS = ['docs', 'blog', 'pages'];
const INLINE = /^(emphasis|strong|delete|link|linkReference|mdxJsxTextElement)$/;
const MAGIC = /^.*\b(highlight-(next-line|start|end)|this-will-error).*$/gm;

function kind(name) {
  // A function is a plug-in of the site's own.
  const found = typeof name === 'string' && /plugin-content-(docs|blog|pages)(?![\w-])|^content-(docs|blog|pages)$/.exec(name);
  return found && (found[1] || found[2]);
}

function plugins(config) {
  const all = [];
  const entries = (list) => (list || []).filter(Boolean).map((e) => (Array.isArray(e) ? e : [e, {}]));
  for (const [name, options] of entries(config.presets)) {
    if (/classic/.test(String(name))) {
      KINDS.filter((k) => options[k] !== false).forEach((k) => all.push([k, options[k] || {}]));
    }
  }
  for (const [name, options] of entries(config.plugins)) {
    if (kind(name)) {
      all.push([kind(name), options]);
    }
  }
  return all;
}

/** What decides which pages there are, without what only their looks depend on. */
function relevant(options) {
  const kept = ['id', 'path', 'routeBasePath', 'include', 'exclude', 'numberPrefixParser',
    'disableVersioning', 'includeCurrentVersion', 'lastVersion', 'onlyIncludeVersions', 'versions'];
  return Object.fromEntries(kept.filter((key) => key in options).map((key) => [key, options[key]]));
}

async function published(which, context, options) {
  const plugin = own('@docusaurus/plugin-content-' + which);
  const valid = plugin.validateOptions({
    validate: (schema, given) => normalizePluginOptions(schema, given),
    options: { id: 'default', ...relevant(options) },
  });
  const content = await (await plugin.default(context, valid)).loadContent();
  const pages = {
    docs: () => content.loadedVersions.flatMap((version) => version.docs).filter((doc) => !doc.draft),
    blog: () => (content ? content.blogPosts.map((post) => post.metadata) : []),
    pages: () => (content || []).filter((page) => page.type === 'mdx'),
  }[which]();
  return pages.filter((page) => !page.unlisted);
}

/** The headings and words of a file, those of its partials in their places. */
async function read(file, context, depth = 0) {
  const markdown = context.siteConfig.markdown;
  const fixed = context.siteConfig.staticDirectories.map((folder) => path.resolve(site, folder));
  const { frontMatter, content } = await markdown.parseFrontMatter({
    filePath: file,
    fileContent: fs.readFileSync(file, 'utf8'),
    defaultParseFrontMatter: DEFAULT_PARSE_FRONT_MATTER,
  });
  let tree;
  const keep = () => (root) => {
    tree = JSON.parse(JSON.stringify(root));
  };
  try {
    await compileToJSX({
      filePath: file,
      fileContent: content,
      frontMatter,
      compilerName: 'server',
      options: {
        admonitions: true,
        siteDir: site,
        staticDirs: fixed,
        remarkPlugins: [keep],
        markdownConfig: {
          ...markdown,
          hooks: { onBrokenMarkdownImages: 'ignore', onBrokenMarkdownLinks: 'ignore' },
        },
      },
    });
  } catch (e) {
    // What comes after this point, such as images that are not there, is no matter of the text.
    if (!tree) {
      throw e;
    }
  }
  const imports = {};
  const headings = [];
  let words = '';
  const text = (node) => node.value ?? (node.children || []).map(text).join('');
  async function walk(node) {
    if (node.type === 'mdxjsEsm') {
      const each = /import\s+([A-Za-z_$][\w$]*)\s+from\s+['"]([^'"]+\.mdx?)['"]/g;
      for (const [, name, module] of node.value.matchAll(each)) {
        imports[name] = module;
      }
    } else if (node.type === 'heading') {
      headings.push({ level: node.depth, anchor: node.data.id, text: text(node) });
    }
    if (['text', 'inlineCode', 'code'].includes(node.type)) {
      words += node.value;
    }
    const module = imports[node.name];
    if (module && depth < 8) {
      const places =
        module.startsWith('@site/') ? [path.join(site, module.slice(6))]
        : module.startsWith('.') ? [path.resolve(path.dirname(file), module)]
        : [...fixed, site].map((folder) => path.join(folder, module));
      const found = places.find((place) => fs.existsSync(place));
      if (found) {
        const partial = await read(found, context, depth + 1);
        headings.push(...partial.headings);
        words += '\n' + partial.words + '\n';
      }
    }
    if (!/^head$/i.test(node.name || '')) {
      // Cells beyond the head of a table are not shown.
      const columns = node.type === 'table' ? node.align.length : undefined;
      for (const child of node.children || []) {
        const shown = columns === undefined ? child : { ...child, children: child.children.slice(0, columns) };
        await walk(shown);
      }
    }
    words += INLINE.test(node.type) || /^(text|inlineCode)$/.test(node.type) ? '' : '\n';
  }
  await walk(tree);
  return { headings, words: words.replace(MAGIC, '') };
}

(async () => {
  const lines = [];
  const outDir = path.join(path.dirname(out), 'build');
  const first = await loadContext({ siteDir: site, outDir });
  for (const locale of first.i18n.locales) {
    const standard = locale === first.i18n.currentLocale;
    const context = standard ? first : await loadContext({ siteDir: site, outDir, locale });
    for (const [which, options] of plugins(context.siteConfig)) {
      for (const page of await published(which, context, options)) {
        const file = path.join(site, page.source.replace(/^@site\//, ''));
        if (!standard && !file.startsWith(context.localizationDir + path.sep)) {
          continue; // The same page in the first language, under the address of another.
        }
        const line = { file, url: context.siteConfig.url + page.permalink, title: page.title };
        try {
          Object.assign(line, await read(file, context));
        } catch (e) {
          console.error(`Docusaurus cannot compile ${page.source}: ${e.cause?.message || e.message}`);
        }
        lines.push(JSON.stringify(line) + '\n');
      }
    }
  }
  fs.writeFileSync(out, lines.join(''));
})().catch((e) => {
  console.error(String(e && e.stack), e && e.cause);
  process.exit(1);
});
