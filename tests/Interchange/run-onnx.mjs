// Runs ONNX models with ONNX Runtime: node run-onnx.mjs JOBS.json
// JOBS.json is an array of jobs, run one after the other in one runtime:
//   model    ONNX file with the inputs re and im, float32 [batch, C, H, W], and the outputs scores, int64 [batch, K], and class, int64 [batch]
//   inputs   raw float32, little endian: per frame the real parts [C, H, W], then the imaginary parts
//   shape    [C, H, W]
//   frames   how many frames the file holds
//   batch    frames per run; the last run may have fewer
//   outputs  file to write, raw int64, little endian: per frame K scores, then the class
//   optimization  "all" or "disabled": whether the runtime may rewrite the graph
import { readFile, writeFile } from "node:fs/promises";
import * as ort from "onnxruntime-web";

ort.env.wasm.numThreads = 1;

async function run(job) {
  const session = await ort.InferenceSession.create(await readFile(job.model), { executionProviders: ["wasm"], graphOptimizationLevel: job.optimization });
  const bytes = await readFile(job.inputs);
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const part = job.shape.reduce((product, size) => product * size, 1);
  if (values.length !== 2 * part * job.frames) {
    throw new Error(`${job.inputs} holds ${values.length} values, not those of ${job.frames} frames`);
  }

  const results = [];
  for (let first = 0; first < job.frames; first += job.batch) {
    const count = Math.min(job.batch, job.frames - first);
    const feeds = { re: gather(0), im: gather(1) };
    const { scores, class: classes } = await session.run(feeds);
    if (scores.type !== "int64" || classes.type !== "int64" || scores.dims.length !== 2 || scores.dims[0] !== count || classes.dims.join() !== `${count}`) {
      throw new Error(`${job.model}: scores ${scores.type} [${scores.dims}], class ${classes.type} [${classes.dims}]`);
    }

    const k = scores.dims[1];
    for (let i = 0; i < count; i++) {
      results.push(...scores.data.slice(i * k, (i + 1) * k), classes.data[i]);
    }

    function gather(which) {
      const data = new Float32Array(count * part);
      for (let i = 0; i < count; i++) {
        const from = (2 * (first + i) + which) * part;
        data.set(values.subarray(from, from + part), i * part);
      }

      return new ort.Tensor("float32", data, [count, ...job.shape]);
    }
  }

  await session.release();
  await writeFile(job.outputs, new BigInt64Array(results));
}

for (const job of JSON.parse(await readFile(process.argv[2], "utf8"))) {
  await run(job);
}
