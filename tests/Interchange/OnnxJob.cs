using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using BcnnSim.Networks;

namespace BcnnSim.Interchange.Tests;

/// <summary>One model and its frames as files, in the form that run-onnx.mjs reads.</summary>
internal sealed record OnnxJob(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("inputs")] string Inputs,
    [property: JsonPropertyName("shape")] int[] Shape,
    [property: JsonPropertyName("frames")] int Frames,
    [property: JsonPropertyName("batch")] int Batch,
    [property: JsonPropertyName("outputs")] string Outputs,
    [property: JsonPropertyName("optimization")] string Optimization)
{
    /// <summary>Exports the network and writes v = 2u - (2^P - 1) of its frames.</summary>
    /// <param name="network">Any network with a model.</param>
    /// <param name="frames">Frames of its shape.</param>
    /// <param name="prefix">Path that the names of the three files begin with.</param>
    /// <param name="batch">Frames per run.</param>
    /// <param name="optimized">Whether the runtime may rewrite the graph.</param>
    public static OnnxJob Write(Network network, IReadOnlyList<Frame> frames, string prefix, int batch, bool optimized = true)
    {
        OnnxJob job = new(
            prefix + OnnxFile.Extension, prefix + ".inputs", [network.Input.Channels, network.Input.Height, network.Input.Width], frames.Count, batch,
            prefix + ".outputs", optimized ? "all" : "disabled");
        using (FileStream model = File.Create(job.Model))
        {
            OnnxFile.Write(network, model);
        }

        using FileStream inputs = File.Create(job.Inputs);
        foreach (Frame frame in frames)
        {
            inputs.Write(MemoryMarshal.AsBytes(Values(frame.Shape, frame.ReValue).AsSpan()));
            inputs.Write(MemoryMarshal.AsBytes(Values(frame.Shape, frame.ImValue).AsSpan()));
        }

        return job;
    }

    /// <summary>What the runtime gave: per frame the scores and the class.</summary>
    public (long[] Scores, long Class)[] Read()
    {
        ReadOnlySpan<long> values = MemoryMarshal.Cast<byte, long>(File.ReadAllBytes(Outputs));
        int each = values.Length / Frames;
        (long[], long)[] results = new (long[], long)[Frames];
        for (int i = 0; i < Frames; i++)
        {
            results[i] = (values.Slice(i * each, each - 1).ToArray(), values[((i + 1) * each) - 1]);
        }

        return results;
    }

    private static float[] Values(FrameShape shape, Func<int, int, int, int> component)
    {
        float[] values = new float[shape.Values];
        int offset = (1 << shape.InputBits) - 1;
        for (int i = 0; i < values.Length; i++)
        {
            int pixel = i % shape.Pixels;
            values[i] = (2 * component(pixel / shape.Width, pixel % shape.Width, i / shape.Pixels)) - offset;
        }

        return values;
    }
}
