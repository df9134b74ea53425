using BcnnSim.Networks;
using BcnnSim.Trainer.Commands;
using BcnnSim.Trainer.Import;
using Xunit;

namespace BcnnSim.Trainer.Tests.Import;

/// <summary>bcnntrain import-weights on bad files: code 2, all violations at once, nothing written.</summary>
public class ImportRefusalTests
{
    [Fact]
    public void Everything_wrong_with_the_tensors_is_named_at_once()
    {
        using var made = new ImportCase(residual: false);
        made.Tensors.Remove("conv1.weight.im");
        made.Tensors.Put("conv1.weight.re", [8, 45], new float[360]);
        made.Tensors.Put("conv2.norm.gain.re", [16], Changed(made, "conv2.norm.gain.re", 5, float.NaN));
        made.Tensors.Put("conv2.norm.variance.im", [16], Changed(made, "conv2.norm.variance.im", 0, -1e-6f));
        made.Tensors.Put("conv3.norm.mean.re", [24], Changed(made, "conv3.norm.mean.re", 23, float.NegativeInfinity));
        made.Tensors.Put("conv3.weight.re", [24, 16, 1, 1], Changed(made, "conv3.weight.re", 1, 1e16f));
        made.Tensors.Put(WeightTensor.Of("head.bias", [4], new int[4]));
        made.Tensors.Put("head.scale", [4], new float[4]);
        made.Tensors.Write(made.Weights);
        InputException refused = Assert.Throws<InputException>(() => ImportFile.Read(made.Weights, made.Net));
        Assert.Equal(
            [
                ("tensor conv1.weight.re (node conv1)", "[8, 45]"), ("tensor conv1.weight.im (node conv1)", "absent"), ("tensor conv2.norm.gain.re (node conv2)", "element 5 = NaN"),
                ("tensor conv2.norm.variance.im (node conv2)", "element 0 = -1E-06"), ("tensor conv3.weight.re (node conv3)", "element 1 = 1E+16"),
                ("tensor conv3.norm.mean.re (node conv3)", "element 23 = -Infinity"), ("tensor head.bias (node head)", "I32"), ("tensor head.scale", "[4]"),
            ],
            refused.Violations.Select(violation => (violation.Place, violation.Value)));
        Assert.Contains("[8, 1, 3, 5] as the configuration states", refused.Violations[0].Rule, StringComparison.Ordinal);
        Assert.Contains("must be a number in 0..1e15", refused.Violations[3].Rule, StringComparison.Ordinal);
        Assert.All(refused.Violations, violation => Assert.Equal(made.Weights, violation.Source));
        Refused(made, "other", 8 + 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(5000)]
    public void A_truncated_file_is_refused_beside_the_name_of_the_output(int length)
    {
        using var made = new ImportCase(residual: false);
        made.Tensors.Write(made.Weights);
        File.WriteAllBytes(made.Weights, File.ReadAllBytes(made.Weights)[..length]);
        Refused(made, "other", 2);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_and_a_wrong_configuration_beside_it()
    {
        using var made = new ImportCase(residual: false);
        Refused(made, "other", 2);
        File.WriteAllText(made.ConfigurationPath, File.ReadAllText(made.ConfigurationPath).Replace("\"batch\": 32", "\"batch\": 0", StringComparison.Ordinal));
        Refused(made, "other", 2);
    }

    [Fact]
    public void The_tensors_of_another_geometry_are_refused()
    {
        using var made = new ImportCase(residual: true);
        using var other = new ImportCase(residual: false);
        other.Tensors.Write(made.Weights);
        Assert.Equal(2, made.Run(made.Output()));
        Assert.False(Directory.Exists(Path.GetDirectoryName(made.Output())), "a refused import made a folder");
    }

    private static float[] Changed(ImportCase made, string name, int element, float value)
    {
        float[] values = made.Tensors[name];
        values[element] = value;
        return values;
    }

    private static void Refused(ImportCase made, string name, int violations)
    {
        string output = made.Output(name);
        Assert.Equal(2, made.Run(output));
        InputException refused = Assert.Throws<InputException>(() => CommandTree.Root(default).Parse(made.Arguments(output)).Invoke(new() { EnableDefaultExceptionHandler = false }));
        Assert.Equal(violations, refused.Violations.Count);
        Assert.False(Directory.Exists(Path.GetDirectoryName(made.Output())), "a refused import made a folder");
    }
}
