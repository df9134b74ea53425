using System.CommandLine;
using BcnnSim.Exploration;
using BcnnSim.Networks;
using BcnnSim.Reporting;

namespace BcnnSim.Cli;

/// <summary>`validate`: claims against trained networks on a design; exit code 1 when one is not reached.</summary>
internal static class ValidateCommand
{
    public static void Fill(Command command, Session session)
    {
        ValidateOptionSet options = new();
        options.AddTo(command);
        command.SetAction(parsed => Validate(options.Read(parsed, session), session));
    }

    private static int Validate(ValidateRequest request, Session session)
    {
        List<ClaimVerdict> verdicts = [];
        TextWriter output = request.Json?.TakesOutput == true ? session.Error : session.Output;
        bool interrupted = false;
        using (request.Json)
        {
            try
            {
                foreach ((Claim claim, Network network) in request.Claims)
                {
                    verdicts.Add(ClaimValidation.Validate(claim, network, request.Design, session.Error.WriteLine, session.Cancellation));
                    new ValidateTables(verdicts[^1], output).Write();
                }
            }
            catch (OperationCanceledException)
            {
                interrupted = true;
                session.Error.WriteLine($"interrupted: {verdicts.Count} of {request.Claims.Count} claims done");
            }

            request.Json?.Write(ReportFile.ToJson(new ValidateDocument(ValidateDocument.SchemaName, [.. verdicts.SelectMany(v => v.Rows)])));
        }

        return interrupted ? ExitCode.Interrupted : verdicts.All(v => v.Reached) ? ExitCode.Ok : ExitCode.Different;
    }
}
