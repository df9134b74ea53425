using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BcnnSim.Cli;

/// <summary>The parser's help, then an example that can be pasted.</summary>
internal sealed class HelpWithExample(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Example:");
        output.WriteLine($"  {ExampleOf(parseResult.CommandResult.Command)}");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 ok, 1 result differs or claim not reached, 2 bad input, 3 deadlock or model error, 130 interrupted");
        return code;
    }

    private static string ExampleOf(Command command) => command.Name switch
    {
        "run" => "bcnnsim run cc-iq --count 64 --frames-in-flight 2 --set peArray.inputLanes=4 --json report.json",
        "explain" => "bcnnsim explain cc-iq --set peArray.outputLanes=8",
        "validate" => "bcnnsim validate models/claims/peng2021-cc-nin.json --set clocks.arrayKilohertz=250000 --json verdict.json",
        "compare" => "bcnnsim compare before.json after.json --tolerance 0.01",
        "hbm" => "bcnnsim hbm --pattern random --requests 200000 --ports 0-3 --pseudo-channels 0-3 --write-share 0.33 --json hbm.json",
        "cosim" => "bcnnsim cosim --block pe-array --seed 1 --designs 20",
        "export-onnx" => "bcnnsim export-onnx cc-iq --output cc-iq.onnx",
        "sweep" => "bcnnsim sweep --max-lanes 512 --rate 20 --csv geometry.csv",
        _ => "bcnnsim --json report.json",
    };
}
