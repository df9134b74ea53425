using Xunit;

namespace BcnnSim.Tests.Architecture;

/// <summary>The rules themselves: a planted violation is found, a lawful file is not.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("sim/Simulator/Hardware/Dma/X.cs", "using BcnnSim.Observation.Statistics;", "Hardware uses Observation")]
    [InlineData("sim/Simulator/Kernel/X.cs", "using static BcnnSim.Numerics.QuadrantDot;", "Kernel uses Numerics")]
    [InlineData("sim/Simulator/Networks/X.cs", "class A { BcnnSim.Design.PeArrayDesign b; }", "Networks uses Design")]
    [InlineData("sim/Simulator/Mapping/X.cs", "using Report = BcnnSim.Reporting.RunReport;", "Mapping uses Reporting")]
    [InlineData("sim/Simulator/Odd/X.cs", "", "folder Odd has no place")]
    public void A_use_in_the_wrong_direction_is_found(string path, string text, string expected) =>
        Assert.Contains(expected, Assert.Single(LayerRules.Violations(new SourceFile(path, text + "\n"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("sim/Simulator/Hardware/Dma/X.cs", "using BcnnSim.Kernel;\nusing BcnnSim.Mapping;")]
    [InlineData("sim/Simulator/Kernel/X.cs", "// see BcnnSim.Hardware.Accelerator\nclass A { string b = \"BcnnSim.Cli\"; }")]
    [InlineData("sim/Simulator/InputException.cs", "namespace BcnnSim;")]
    [InlineData("tools/Trainer/X.cs", "using BcnnSim.Reporting;")]
    public void A_lawful_use_is_not(string path, string text) =>
        Assert.Empty(LayerRules.Violations(new SourceFile(path, text + "\n")));

    [Theory]
    [InlineData("Console.WriteLine();")]
    [InlineData("File.ReadAllText(x);")]
    [InlineData("using System.IO;")]
    [InlineData("new StreamReader(x);")]
    public void Input_and_output_in_the_hardware_is_found(string code)
    {
        Assert.Single(LayerRules.InputOutput(new SourceFile("sim/Simulator/Hardware/X.cs", code)));
        Assert.Empty(LayerRules.InputOutput(new SourceFile("sim/Cli/X.cs", code)));
    }

    [Fact]
    public void Types_are_read_with_access_name_and_parameters()
    {
        SourceFile file = new("x.cs", "public sealed class A<T>\n{\n    public class Inner;\n}\n\ninternal readonly record struct B(int C);\n// public class D\nfile enum E { }\n");
        Assert.Equal([("public", "A", true), ("internal", "B", false), ("file", "E", false)], file.Types);
    }
}
