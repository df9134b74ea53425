using System.CommandLine;
using BcnnSim.Interchange;
using BcnnSim.Networks;

namespace BcnnSim.Cli;

/// <summary>`export-onnx`: the same network for other tools.</summary>
internal static class ExportOnnxCommand
{
    public static void Fill(Command command, Session session)
    {
        ExportOnnxOptionSet options = new();
        options.AddTo(command);
        command.SetAction(parsed => Export(options.Read(parsed, session), session));
    }

    private static int Export(ExportOnnxRequest request, Session session)
    {
        using JsonDestination output = request.Output;
        Stream stream = output.Stream;
        stream.SetLength(0);
        int nodes = OnnxFile.Write(request.Network, stream);
        long bytes = stream.Length;
        output.Complete();
        NetworkInput input = request.Network.Input;
        session.Output.WriteLine($"{request.File}: network {request.Network.Name}, {Figure.Count(nodes)} nodes, {Figure.Bytes(bytes)}");
        session.Output.WriteLine($"inputs   re, im: float32 [batch, {input.Channels}, {input.Height}, {input.Width}], 2u - {(1 << input.InputBits) - 1} of the {input.InputBits}-bit components u of a frame");
        session.Output.WriteLine($"outputs  scores: int64 [batch, {request.Network.Classifier!.ClassCount}]; class: int64 [batch]");
        return ExitCode.Ok;
    }
}
