// What a program is made of, as a CycloneDX bill of materials: what its bundles really hold.
import { createHash } from 'node:crypto';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';

/** @typedef {import('../folder/licence-texts.mjs').Part} Part */
/** @typedef {import('../programs.mjs').Program} Program */
/** @typedef {import('../release.mjs').Release} Release */

/**
 * What a program runs on, which is no package of npm's: Electron with Chromium and Node in it, or Node alone.
 * @typedef {{ name: string, version: string, licence: string }} Ground
 */

/**
 * The bill of materials of a program, as JSON text. It depends on what goes in alone: its serial number is
 * made of that, and its time is that of the release.
 * @param {Program} program
 * @param {{ release: Release, parts: readonly Part[], ground: readonly Ground[], filesSha256: string }} of
 *   `filesSha256`: of the list of the program's files
 */
export function billOfMaterials(program, { release, parts, ground, filesSha256 }) {
  const itself = new Models.Component(Enums.ComponentType.Application, program.name, {
    bomRef: program.name,
    version: release.version,
    description: program.summary,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], filesSha256]]),
    licenses: licences('Apache-2.0'),
    properties: new Models.PropertyRepository([new Models.Property('airlock:commit', release.commit)]),
  });
  const components = [
    ...ground.map(
      ({ name, version, licence }) =>
        new Models.Component(Enums.ComponentType.Framework, name, {
          bomRef: `${name}@${version}`,
          version,
          licenses: licences(licence),
        }),
    ),
    ...parts.map(
      ({ name, version, licence }) =>
        new Models.Component(Enums.ComponentType.Library, name, {
          bomRef: `${name}@${version}`,
          version,
          purl: purlOf(name, version),
          licenses: licences(licence),
        }),
    ),
  ];
  for (const { bomRef } of components) itself.dependencies.add(bomRef);
  const bom = new Models.Bom({
    version: 1,
    metadata: new Models.Metadata({ component: itself, timestamp: new Date(release.time * 1000) }),
    components: new Models.ComponentRepository(components),
  });
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  const without = serializer.serialize(bom, { sortLists: true });
  bom.serialNumber = `urn:uuid:${uuidOf(without)}`;
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/**
 * By its SPDX id or expression, or by whatever its maker calls it.
 * @param {string} licence
 */
function licences(licence) {
  const isExpression = /^\(.*\)$| (?:AND|OR|WITH) /.test(licence);
  const isId = /^[A-Za-z0-9.-]+\+?$/.test(licence);
  if (isExpression) return new Models.LicenseRepository([new Models.LicenseExpression(licence)]);
  // The list has no “LGPL-3.0+” any more, which is how openpgp names its own.
  const id = licence === 'LGPL-3.0+' ? 'LGPL-3.0-or-later' : licence;
  return new Models.LicenseRepository([isId ? new Models.SpdxLicense(id) : new Models.NamedLicense(id)]);
}

/**
 * @param {string} name
 * @param {string} version
 */
const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** A UUID of version 8 that a text comes to. @param {string} text */
function uuidOf(text) {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20].reduceRight((id, at) => `${id.slice(0, at)}-${id.slice(at)}`, hex);
}
